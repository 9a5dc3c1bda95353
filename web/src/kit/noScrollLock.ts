/** Our page itself never scrolls; Ant Design's lock would write a style element without a nonce, which the CSP refuses. */
export default function useScrollLocker(): void {}
