import type { ComposeService } from './context/builds/compose-services.js';
import type { BuildContext } from './context/types.js';
import type { ImageFacts } from './images/types.js';
import type { Repository } from './repository/types.js';

/** What is known apart from the Dockerfile's text. An answer that is not known is undefined or a refusal; transforms then leave the place alone. */
export interface Facts {
  readonly context: BuildContext | undefined;
  /** Why there is no context; part of the reason when a place is left alone. */
  readonly noContext?: string | undefined;
  /** Where the Dockerfile is in one that can be read. */
  readonly repository?: Repository | undefined;
  /** The Dockerfile's folder in the repository; `''` is its root. */
  readonly folder?: string | undefined;
  /** How compose files run the image, where no context is known that tells it: a file that copies nothing is built and run, too. */
  readonly composeServices?: (() => readonly ComposeService[]) | undefined;
  readonly images: ImageFacts;
}
