/** Put words where the caret stands (or over a stretch), so that the browser's own undo takes them back. */
export function putWords(area: HTMLTextAreaElement, text: string, over?: { from: number; to: number }): void {
  area.focus();
  if (over) area.setSelectionRange(over.from, over.to);
  // The only way that keeps native undo; every browser still has it.
  if (document.execCommand?.("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
