import type { BuildContext } from '../../facts/context/types.js';
import type { Build } from '../../facts/images/types.js';
import type { Repository } from '../../facts/repository/types.js';
import type { Command } from '../../shell/types.js';
import type { ImageState, StageState, Step } from '../types.js';

/** What a floating base image means on the day of the table. */
export interface Ground {
  readonly image: ImageState;
  readonly context: BuildContext | undefined;
  readonly repository: Repository | undefined;
  /** The name of the base image: `node`. */
  readonly name: string;
  readonly build: Build;
}

/** A command of a RUN, and where it is. */
export interface Place extends Ground {
  readonly state: StageState;
  readonly step: Step;
  readonly command: Command;
}

/** Why a command can't work there: a sentence that goes on from "line 5", such as "runs apt-key, which Debian 13 no longer has". */
export type Check = (place: Place) => string | undefined;
