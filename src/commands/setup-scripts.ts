import data from '../../data/apt-setup-scripts.json' with { type: 'json' };

const patterns = data.scripts.map(({ url }) => new RegExp(`^${url}$`));

/** True for a vendor's script that adds an apt repository and ends with an `apt-get update` of its own: its text was read. */
export function isAptSetupScript(url: string): boolean {
  return patterns.some((pattern) => pattern.test(url));
}

const aptFree = data.aptFree.map(({ url }) => new RegExp(`^${url}$`));

/** True for an installer that installs nothing by apt, or updates its lists before it does: its text was read. */
export function isAptFreeScript(url: string): boolean {
  return aptFree.some((pattern) => pattern.test(url));
}
