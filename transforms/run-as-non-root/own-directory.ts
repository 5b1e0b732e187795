/** Directories that belong to the system or to several programs: never one application's own. */
const SHARED =
  /^\/(?:|bin|sbin|lib|lib64|usr|usr\/(?:bin|sbin|lib|src|share|local(?:\/(?:bin|sbin|lib|share|src|etc))?)|etc|opt|var|var\/(?:lib|log|run|cache|www|tmp|spool)|home|root|tmp|mnt|media|srv|run|dev|proc|sys|boot|go|go\/(?:bin|src|pkg))$/;

/** Directories whose files only root changes, wherever a program lies below them. */
const SYSTEM = /^\/(?:bin|sbin|lib|lib64|usr(?!\/src\/|\/app(?:\/|$))|etc|boot|root|proc|sys|dev)(?:\/|$)/;

/** An application's own directory: giving it away takes nothing from the system or from another program. */
export function isOwnDirectory(path: string): boolean {
  return !SHARED.test(path) && !SYSTEM.test(path);
}

/** Directories of the system in which nothing lies but applications. */
const FOR_APPLICATIONS = /^\/(?:usr\/src|srv|opt|home|var\/www)$/;

/** What is copied there belongs to the application, though the directory itself does not. */
export function holdsApplications(path: string): boolean {
  return FOR_APPLICATIONS.test(path);
}
