/** Files that a shell reads to set variables: none of them installs anything. */
const PATTERNS: readonly RegExp[] = [
  // Of the distribution.
  /^\/etc\/(?:os-release|lsb-release|environment|profile|bash\.bashrc|bashrc|default\/.+|profile\.d\/.+|apache2\/envvars)$/,
  /^\/usr\/lib\/os-release$/,
  // Of shells, and of tools that write them.
  /\/\.(?:bashrc|bash_profile|profile|zshrc|cargo\/env|nvm\/nvm\.sh|asdf\/asdf\.sh|sdkman\/bin\/sdkman-init\.sh)$/,
  /\/(?:nvm\.sh|rvm|sdkman-init\.sh|conda\.sh|emsdk_env\.sh|setvars\.sh)$/,
  /\/bin\/activate$/,
  // Of a workspace that colcon or catkin builds.
  /\/(?:install|devel)\/(?:local_)?setup\.(?:ba|z)?sh$/,
  /^\/opt\/ros\/.+\/(?:local_)?setup\.(?:ba)?sh$/,
];

/** @param path as a script names it, with variables in it or without */
export function setsVariables(path: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(path));
}
