import { type Ref, type TextareaHTMLAttributes, useImperativeHandle, useLayoutEffect, useRef } from "react";
import "./area.css";

interface Props extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
  least?: number;
  most?: number;
  bare?: boolean;
}

/** A text area that grows with its words; Ant Design's own writes style attributes, which our CSP refuses. */
export function GrowingArea({ ref, least = 2, most = 9, bare = false, className = "", ...rest }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the words
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const line = Number.parseFloat(getComputedStyle(element).lineHeight) || 20;
    const around = element.offsetHeight - element.clientHeight + 8;
    element.style.height = "0";
    const wanted = element.scrollHeight + element.offsetHeight - element.clientHeight;
    const height = Math.min(Math.max(wanted, least * line + around), most * line + around);
    element.style.height = `${height}px`;
  }, [rest.value, least, most]);
  return <textarea ref={area} className={`area ${bare ? "area-bare" : ""} ${className}`} {...rest} />;
}
