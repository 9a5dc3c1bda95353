/** Makes a phone's photograph small enough to send from a train; what the camera wrote into it stays behind. */

const LONGEST_SIDE = 2048;
const SMALL_ENOUGH = 600_000;
const KEPT_AS_IT_IS = new Set(["image/png", "image/webp", "image/gif"]);

export interface Shrunk {
  blob: Blob;
  width: number;
  height: number;
  /** This browser can show it. */
  readable: boolean;
}

export async function shrink(file: Blob): Promise<Shrunk> {
  const picture = await createImageBitmap(file).catch(() => null);
  // A kind that this browser cannot read: the server may, or says why not.
  if (!picture) return { blob: file, width: 4, height: 3, readable: false };
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  if (scale === 1 && file.size <= SMALL_ENOUGH && KEPT_AS_IT_IS.has(file.type))
    return { blob: file, width, height, readable: true };
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const brush = canvas.getContext("2d");
  if (!brush) return { blob: file, width, height, readable: true };
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, width, height);
  brush.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return { blob: blob ?? file, width, height, readable: true };
}
