/** What is known of the outside. Every answer is undefined where it is not known: a transform then leaves the place alone. */

import type { BuildContext } from './context/types.js';
import type { ImageFacts } from './images/types.js';

export interface Facts {
  readonly context: BuildContext | undefined;
  /** Why there is no context, for the reason of what is left alone. */
  readonly noContext?: string | undefined;
  readonly images: ImageFacts;
}
