import { getSettings } from "./settings";

/** Whether this browser can show notices of the system, and has been allowed to. */
export function desktopState(): "granted" | "denied" | "default" | "missing" {
  return "Notification" in window && window.isSecureContext ? Notification.permission : "missing";
}

/** Asked only where a person has just asked for notices: in the settings, or on the desk's bar. */
export async function askForDesktop(): Promise<boolean> {
  if (desktopState() === "missing") return false;
  return (await Notification.requestPermission()) === "granted";
}

/** A notice of the system, only while nobody looks at this window. */
export function tellDesktop(key: string, title: string, body: string, open: () => void): void {
  if (!getSettings().desktop || desktopState() !== "granted") return;
  if (document.visibilityState === "visible" && document.hasFocus()) return;
  try {
    const notice = new Notification(title, { body, tag: key });
    notice.onclick = () => {
      window.focus();
      notice.close();
      open();
    };
  } catch {
    // Android shows them only from a service worker.
  }
}
