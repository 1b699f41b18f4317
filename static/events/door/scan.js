// Codes by the camera: the browser's own reader where it has one, else the one beside us. Nothing leaves the device.
const EVERY = 150;
const WIDEST = 800;
export const DECODER = new URL("../../vendor/qr/decode.js", import.meta.url).href;

async function reader() {
  if ("BarcodeDetector" in window) {
    try {
      const known = await BarcodeDetector.getSupportedFormats();
      if (known.includes("qr_code")) {
        const own = new BarcodeDetector({ formats: ["qr_code"] });
        return async (video) => (await own.detect(video))[0]?.rawValue ?? "";
      }
    } catch {
      // A browser that only says it has one.
    }
  }
  const { decodeQR } = await import(DECODER);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return ""; // no code in this picture
    }
  };
}

export class Scanner {
  constructor(place, found, failed) {
    this.place = place;
    this.video = place.querySelector("video");
    this.found = found;
    this.failed = failed;
    this.last = "";
  }

  static possible() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  async start() {
    this.stop();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      this.video.srcObject = this.stream;
      this.place.hidden = false;
      await this.video.play();
      this.read = await reader();
    } catch {
      this.stop();
      this.failed();
      return;
    }
    this.look();
  }

  stop() {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.last = "";
    this.place.hidden = true;
  }

  async look() {
    if (!this.stream) return;
    const text = this.video.videoWidth ? await this.read(this.video) : "";
    // The same code is held before the camera for a while: it is told once.
    if (text && text !== this.last) this.found(text);
    if (text) this.last = text;
    this.timer = setTimeout(() => this.look(), EVERY);
  }
}
