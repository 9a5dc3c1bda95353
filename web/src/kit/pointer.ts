/** Whether a hand moved the pointer: browsers also tell of a resting one under which a list has just appeared. */
export function movedBy({ movementX, movementY }: React.PointerEvent): boolean {
  return movementX !== 0 || movementY !== 0;
}
