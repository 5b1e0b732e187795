// Writes data/base-images.json from a collection of facts about base images: `node scripts/refresh-bases.mjs FILE [DATE]`.
// FILE is a JSON array of records {image, variant, example_tags, distribution, package_manager, bin_sh, bash, useradd, adduser,
// user, nonroot_account, workdir, entrypoint, cmd, expose, volume, privilege, env, env_complete, certainty}.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODELS = {
  none: 'none',
  entrypoint_drops: 'entrypoint-drops',
  master_root_workers_drop: 'workers-drop',
  needs_root: 'needs-root',
};

/** Short keys, left out where nothing is known; src/facts/images/bases.ts reads them. */
function compact(record, systemOf) {
  const account = record.nonroot_account;
  const full = (list) => (list?.length > 0 ? list.map(String) : undefined);
  const row = {
    v: record.variant,
    t: record.example_tags?.join(' ') || undefined,
    f: systemOf(record),
    u: record.user,
    n: account ? [account.name, account.uid, account.gid, account.home] : undefined,
    w: record.workdir,
    e: record.entrypoint,
    c: record.cmd,
    x: full(record.expose),
    o: full(record.volume),
    m: MODELS[record.privilege?.model],
    k: record.env && Object.keys(record.env).length > 0 ? record.env : undefined,
    a: record.env_complete === true ? 1 : undefined,
    q: record.certainty === 'general_knowledge' ? 1 : undefined,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null));
}

/** No transform uses Windows images. `a/{b,c}` and `a/*` are groups of images, whose facts differ between versions. */
function isOneLinuxImage({ image, distribution }) {
  return distribution !== 'windows' && !/[{*]/.test(image);
}

/** What many images have in common is stored once, in `systems`. */
export function compactRecords(records) {
  const systems = new Map();
  const systemOf = ({ distribution, package_manager, bin_sh, bash, useradd, adduser }) => {
    const system = [distribution, package_manager, bin_sh, bash, useradd, adduser].map((value) => value ?? null);
    const key = JSON.stringify(system);
    if (!systems.has(key)) systems.set(key, systems.size);
    return systems.get(key);
  };
  const images = {};
  for (const record of records.filter(isOneLinuxImage)) (images[record.image] ??= []).push(compact(record, systemOf));
  return { systems: [...systems.keys()].map((key) => JSON.parse(key)), images };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const records = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
  const date = process.argv[3] ?? new Date().toISOString().slice(0, 10);
  const data = { source: "the images' own Dockerfiles and documentation", date, ...compactRecords(records) };
  writeFileSync(join(import.meta.dirname, '../data/base-images.json'), JSON.stringify(data) + '\n');
}
