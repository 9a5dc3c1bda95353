const SHORTEST = 10;

/** Why the server would refuse a new password, so that the form can say it first; the server has the last word. */
export function passwordFault(password: string, login: string): "empty" | "tooShort" | "holdsLogin" | null {
  if (password === "") return "empty";
  if ([...password].length < SHORTEST) return "tooShort";
  const name = login.trim().toLowerCase();
  return name !== "" && password.toLowerCase().includes(name) ? "holdsLogin" : null;
}
