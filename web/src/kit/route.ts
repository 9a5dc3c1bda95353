import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

/** The id behind the room in the address: /desk/<id>. */
export function useRoomId(): string | undefined {
  const { id } = useParams({ strict: false }) as { id?: string };
  return id;
}

/** Filters in the address, so that they survive a reload and can be sent to a colleague. */
export function useFilters(): Record<string, string | undefined> {
  return useSearch({ strict: false }) as Record<string, string | undefined>;
}

interface Where {
  room: string;
  id?: string | undefined;
  filters?: Record<string, string | undefined>;
  replace?: boolean;
}

/** `go({ room: "desk", id })` */
export function useGo(): (where: Where) => void {
  const navigate = useNavigate();
  return useCallback(
    ({ room, id, filters, replace }: Where) => {
      const to = id ? `/${room}/${id}` : `/${room}`;
      void navigate({ to, search: (filters ?? {}) as never, replace: replace ?? false });
    },
    [navigate],
  );
}
