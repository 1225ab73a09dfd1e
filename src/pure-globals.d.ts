// What every JavaScript host has (browser, worker, Node) although the ES2022 library does not name it. Nothing that reads a clock or does input and output.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
declare function btoa(binary: string): string;
declare function atob(base64: string): string;
