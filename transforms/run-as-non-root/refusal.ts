/** Why a place is left alone: see `LeftAlone`. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

export function refuse(code: string, reason: string): Refusal {
  return { code, reason };
}
