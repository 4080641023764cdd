/** One entry of `GET macros`. */
export interface MacroPayload {
  /** With its `$__`. */
  readonly name: string;
  /** As a person would write it: `$__timeGroup(column, interval[, fill])`. */
  readonly signature: string;
  readonly help: string;
}
