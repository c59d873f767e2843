/** Three customers in a few seconds are three notes; a rush is told as a number, so that the screen stays usable. */
const MOST = 3;
const WITHIN_MS = 6000;

export class Rush {
  private heard = new Map<string, number>();

  /** How many different chats called lately, once they are too many to be shown each; else 0. */
  count(conversationId: string, now = Date.now()): number {
    for (const [id, at] of this.heard) if (now - at > WITHIN_MS) this.heard.delete(id);
    this.heard.set(conversationId, now);
    return this.heard.size > MOST ? this.heard.size : 0;
  }
}
