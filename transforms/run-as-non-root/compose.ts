/** How the compose files of the repository run the image. */
import { composeWords, type ComposeService } from '../../src/facts/context/builds/compose-services.js';
import { buildFiles } from '../../src/facts/repository/build-files.js';
import { servicesOf, startOf } from '../../src/image/compose-start.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import type { FinalImage } from './final-image.js';
import { NEEDS_ROOT, refusalByName } from './refused-programs.js';
import { programsOf, type Program } from './start-command.js';

/** Services of the final stage. */
function servicesIn(image: FinalImage): readonly ComposeService[] {
  return servicesOf(image, image.dockerfile, image.stage);
}

/** A compose file mounts something into the container: what root wrote there before could no longer be changed. */
export function mountedByCompose(image: FinalImage): Refusal | undefined {
  const service = servicesIn(image).find(({ mounts }) => mounts.length > 0);
  return (
    service &&
    refuse(
      'volume',
      `\`${service.file}\` mounts \`${service.mounts[0] ?? ''}\`: what root wrote there could no longer be changed`,
    )
  );
}

/** A compose file gives the container rights on its host, which only root there can use. */
export function hostRights(image: FinalImage): Refusal | undefined {
  const service = servicesIn(image).find(({ rights }) => rights !== undefined);
  return (
    service &&
    refuse(
      'needs-root',
      `\`${service.file}\` has \`${service.rights ?? ''}\`: the container works on its host, which needs root`,
    )
  );
}

/** What a compose file starts in the image instead of its own command. */
export interface ComposeStart {
  readonly file: string;
  readonly programs: readonly Program[] | undefined;
}

/** `docker exec -it web sh -c …`, `docker compose exec -T web …`: the container, and the rest of the line. */
const EXEC = /\b(?:docker|podman|docker[- ]compose)\s+exec\s+((?:-\S+\s+)*)(\S+)\s+([^\n|;&]+)/g;

/** A script of the repository installs or changes something in the running container, which root there may do. */
export function execNeeds(image: FinalImage): Refusal | undefined {
  for (const { file, programs } of executed(image))
    for (const program of programs ?? []) {
      const refusal = refusalByName(program);
      if (refusal !== undefined && NEEDS_ROOT.has(refusal.code))
        return refuse(
          'needs-root',
          `\`${file}\` runs \`${program.name}\` in the running container, which is root there`,
        );
    }
  return undefined;
}

/** What scripts of the repository start in the running containers, as the account of the image. */
function executed(image: FinalImage): readonly ComposeStart[] {
  const names = new Set(servicesIn(image).flatMap((service) => service.names));
  if (names.size === 0 || image.repository === undefined) return [];
  return buildFiles(image.repository).flatMap(({ path, text }) =>
    [...text.matchAll(EXEC)].flatMap(([, options = '', name = '', line = '']) =>
      names.has(name) && !/(?:^|\s)(?:-u|--user)/.test(options)
        ? [{ file: path, programs: programsOf(composeWords(line.trim())) }]
        : [],
    ),
  );
}

export function composeStarts(image: FinalImage): readonly ComposeStart[] {
  return servicesIn(image).flatMap((service) => {
    const words = startOf(image.config, service, image.base?.entrypoint) ?? [];
    return words.length === 0 ? [] : [{ file: service.file, programs: programsOf(words) }];
  });
}
