/** Tells what comes back of one's own writing from what somebody else has written. */
export interface Echo {
  /** Whether a text that the editor has now is news to the page, and so to be sent there. */
  isNews(text: string): boolean;
  /** Whether a text that arrives from the page is one that was sent; those before it are not waited for any more. */
  isEcho(text: string): boolean;
}

/**
 * An editor tells each change to its page, and the page gives the text back, maybe some changes later. Taking that for a new text would
 * undo what has been typed since. And a text that the page has put there need not be told to it.
 */
export function createEcho(initial: string): Echo {
  /** What was sent and has not come back yet, behind what was there last. */
  let pending = [initial];
  return {
    isNews(text) {
      const isNew = text !== pending.at(-1);
      if (isNew) {
        pending.push(text);
      }
      return isNew;
    },
    isEcho(text) {
      const at = pending.lastIndexOf(text);
      pending = at === -1 ? [text] : pending.slice(at);
      return at !== -1;
    },
  };
}
