/** Lets calls follow each other, each after the one before it has ended, well or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    // Whoever took the turn hears of its failure; the next one does not care.
    this.#last = turn.catch(() => {});
    return turn;
  }
}
