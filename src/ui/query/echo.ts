/** Tells what comes back of one's own writing from what somebody else has written. */
export interface Echo {
  sent(text: string): void;
  /** Whether a text that arrives is one that was sent; those before it are not waited for any more. */
  isEcho(text: string): boolean;
}

/**
 * An editor tells each change to its page, and the page gives the text back, maybe some changes later. Taking that for a new text would
 * undo what has been typed since.
 */
export function createEcho(initial: string): Echo {
  let pending = [initial];
  return {
    sent(text) {
      pending.push(text);
    },
    isEcho(text) {
      const at = pending.lastIndexOf(text);
      pending = at === -1 ? [text] : pending.slice(at);
      return at !== -1;
    },
  };
}
