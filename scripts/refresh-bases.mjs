// Makes data/base-images.json anew from a collection of facts about base images: `node scripts/refresh-bases.mjs FILE`.
// FILE is a JSON array of records {image, variant, example_tags, distribution, package_manager, bin_sh, bash, useradd, adduser,
// user, nonroot_account, workdir, entrypoint, cmd, expose, volume, privilege, env, base_chain, certainty}.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODELS = { none: 'none', entrypoint_drops: 'entrypoint-drops', master_root_workers_drop: 'workers-drop', needs_root: 'needs-root' };

/** Short keys, absent where nothing is known; the reader is src/facts/base-images.ts. */
function compact(record) {
  const account = record.nonroot_account;
  const row = {
    i: record.image,
    v: record.variant,
    t: record.example_tags?.length > 0 ? record.example_tags.join(' ') : undefined,
    d: record.distribution,
    p: record.package_manager ?? undefined,
    s: record.bin_sh,
    b: record.bash,
    g: record.useradd,
    a: record.adduser,
    u: record.user,
    n: account ? [account.name, account.uid, account.gid, account.home] : undefined,
    w: record.workdir,
    e: record.entrypoint ?? undefined,
    c: record.cmd ?? undefined,
    x: record.expose?.length > 0 ? record.expose.map(String) : undefined,
    o: record.volume?.length > 0 ? record.volume : undefined,
    m: MODELS[record.privilege?.model],
    k: record.env && Object.keys(record.env).length > 0 ? record.env : undefined,
    q: record.certainty === 'general_knowledge' ? 1 : undefined,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null));
}

const records = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')).filter(({ distribution }) => distribution !== 'windows');
const date = process.argv[3] ?? '2026-11-23';
const data = { source: "the images' own Dockerfiles and documentation", date, records: records.map(compact) };
writeFileSync(join(import.meta.dirname, '../data/base-images.json'), JSON.stringify(data) + '\n');
