import { type CSSProperties, type ReactNode, useRef, useState } from "react";
import { keep } from "./settings";
import "./panes.css";

interface PaneProps {
  /** Where the width is remembered. */
  name: string;
  label: string;
  side: "left" | "right";
  width: number;
  least: number;
  most: number;
  children: ReactNode;
}

function remembered(place: string, width: number): number {
  const kept = Number(localStorage.getItem(place));
  return Number.isFinite(kept) && kept > 0 ? kept : width;
}

/** A pane whose inner edge can be dragged, or moved with the arrow keys; a double click puts it back. */
export function Pane({ name, label, side, width, least, most, children }: PaneProps) {
  const place = `diji.pane.${name}`;
  const [now, setNow] = useState(() => remembered(place, width));
  const start = useRef<{ x: number; width: number } | null>(null);
  const become = (wanted: number) => {
    const fitting = Math.round(Math.min(most, Math.max(least, wanted)));
    setNow(fitting);
    keep(place, String(fitting));
  };
  const sign = side === "left" ? 1 : -1;
  const separator = (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged; a focusable separator is the pattern
    <div
      className="pane-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={now}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width: now };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current) become(start.current.width + sign * (event.clientX - start.current.x));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={() => become(width)}
      onKeyDown={(event) => {
        const steps: Record<string, number> = { ArrowLeft: -16, ArrowRight: 16 };
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        become(now + sign * step);
      }}
    />
  );
  return (
    <div className={`pane pane-${side}`} style={{ "--pane": `${now}px` } as CSSProperties}>
      {side === "right" && separator}
      <div className="pane-body">{children}</div>
      {side === "left" && separator}
    </div>
  );
}
