import { expect, test, vi } from "vitest";
import { putLater, spokeAgain } from "./later";

test("who writes again is not shut out, and who was given to the machine is given at once", () => {
  const close = vi.fn();
  putLater({ conversationId: "c1", verb: "close", run: close });
  expect(spokeAgain("another")).toBeNull();
  expect(spokeAgain("c1")).toBe("close");
  expect(close).not.toHaveBeenCalled();

  const release = vi.fn();
  putLater({ conversationId: "c1", verb: "ai", run: release });
  expect(spokeAgain("c1")).toBeNull();
  expect(release).toHaveBeenCalledOnce();
  expect(spokeAgain("c1")).toBeNull();
  expect(release).toHaveBeenCalledOnce();
});
