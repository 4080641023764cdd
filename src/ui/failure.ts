/** What the backend, or whatever stands in its place, says of what failed. */
export interface Failure {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** "message. hint", as the backend itself joins them for a panel. */
export function sentence({ message, hint }: Failure): string {
  return hint ? `${message}. ${hint}` : message;
}
