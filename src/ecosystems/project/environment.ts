/** A switch in the environment, as bundler, pipenv and poetry read it. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
}
