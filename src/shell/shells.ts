/** `sh` is one of the others. zsh, fish and csh read a script differently. */
const POSIX_SHELL = /(?:^|[\\/])(?:sh|bash|dash|ash)$/;

/** The program, a name or a path, is a shell that reads scripts as POSIX has it. */
export function isPosixShell(program: string): boolean {
  return POSIX_SHELL.test(program);
}
