import type { ReactNode } from "react";

/** An empty state that says what it is and what to do next. */
export function Teach({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="teach">
      <b>{title}</b>
      {children}
    </div>
  );
}
