/** Whether the text of a program names apt: what can't be read as a shell script is searched for it instead. */

/** Commands that no other word looks like. */
const COMMANDS =
  /(?<![\w.-])(?:apt-get|aptitude|apt-cache|apt-file|apt-fast|nala|gdebi|tasksel|mk-build-deps|pkcon|packagekit|rosdep|install_packages)(?![\w-])/i;
/** `apt install`, `["apt", "-y", "install"]`, `apt: name=jq`, `import apt`. */
const PLAIN =
  /(?<![\w.-])apt["',\s]+(?:-[\w-]+["',\s]+)*(?:install|upgrade|full-upgrade|update|source|show|list|search|policy|satisfy|build-dep)\b|["'`]apt["'`]|\bimport\s+apt\b|\bapt_pkg\b|\/bin\/apt\b/;
const FOLDER = /\/var\/lib\/apt/;
/** Modules of Ansible that install with the distribution's package manager. */
const ANSIBLE = /^[ \t]*(?:-[ \t]*)?(?:ansible\.builtin\.)?(?:apt|package|apt_repository)\s*:/m;

export function mentionsApt(text: string): boolean {
  return COMMANDS.test(text) || PLAIN.test(text) || FOLDER.test(text);
}

/** The same of the YAML of Ansible. */
export function mentionsAptInYaml(text: string): boolean {
  return mentionsApt(text) || ANSIBLE.test(text);
}
