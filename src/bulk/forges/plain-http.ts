/** True for http to another machine: what is sent that way can be read on the way. */
function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Why nothing secret goes to a URL; undefined when it may. @param allowed the configuration allows plain http to its host */
export function refusesHttp(url: string, allowed = false): string | undefined {
  if (allowed || !URL.canParse(url) || !isOpen(url)) return undefined;
  const { host } = new URL(url);
  return `${host}: nothing secret is sent over plain http: use https, or set \`allowHttp: true\` for the host under \`forges\``;
}
