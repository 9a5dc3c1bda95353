/** The server puts a fresh nonce into index.html at each request; styles made at run time must carry it. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
