/** What runs when an image is started, as shell scripts. */
import { quoted } from '../../src/commands/apt/words.js';
import type { ComposeService } from '../../src/facts/context/builds/compose-services.js';
import { startOf } from '../../src/image/compose-start.js';
import type { Config } from '../../src/image/types.js';

/** Of its own command, of what asks for its health, and of what compose files start instead. */
export function startTexts(config: Config, services: readonly ComposeService[]): readonly string[] {
  const composed = services.map((service) => startOf(config, service));
  return [startText(config), healthText(config), ...composed.map((words) => words && quoted(words))].flatMap(
    (text) => text ?? [],
  );
}

/** What asks for the container's health, as a shell script. */
function healthText({ healthcheck }: Config): string | undefined {
  const command = /(?:^|\s)CMD\s+(\S.*)$/is.exec(healthcheck ?? '')?.[1];
  if (command === undefined || !command.startsWith('[')) return command;
  const words = command.match(/"(?:[^"\\]|\\.)*"?/g) ?? [];
  return quoted(words.map((word) => word.slice(1, -1)));
}

/** What the container runs, as a shell script. */
function startText({ entrypoint, cmd }: Config): string | undefined {
  if (entrypoint?.form === 'shell') return entrypoint.argv.join(' ');
  if (entrypoint === undefined && cmd?.form === 'shell') return cmd.argv.join(' ');
  const given = cmd === undefined ? [] : cmd.form === 'exec' ? cmd.argv : ['/bin/sh', '-c', cmd.argv.join(' ')];
  const words = [...(entrypoint?.argv ?? []), ...given];
  return words.length === 0 ? undefined : quoted(words);
}
