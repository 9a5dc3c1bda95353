/** @jsxImportSource preact */
/** Line icons; they are decoration, the control around them has the name. */

const PATHS = {
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.500 1.500L20 4",
  emoji:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.500 14.500c1 1.300 2.200 2 3.500 2s2.500-.7 3.500-2M9 9.500v.1M15 9.500v.1",
  picture: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9.500v.1",
  camera:
    "M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 16.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400Z",
  down: "m6 9 6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20c.8-3.500 3.800-5.500 7.500-5.500s6.700 2 7.500 5.500",
  order: "M6 4h12v16l-3-2-3 2-3-2-3 2zM9 9h6M9 13h6",
};

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
