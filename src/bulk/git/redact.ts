/** Replaces secrets in a text by `***`, also in URL, JSON and base64 encoding, and the credentials in any URL. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length <= 3) continue;
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      clean = clean.replaceAll(form, '***');
    for (const form of base64Forms(secret)) clean = replaceRuns(clean, form);
  }
  return clean.replace(/(?<!\w)(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, '$1***@');
}

/** How a secret shows inside a longer base64 text: base64 encodes groups of three bytes, so there is a form for each of three offsets. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((start) => {
    const first = (3 - start) % 3;
    const whole = bytes.subarray(first, first + Math.floor((bytes.length - first) / 3) * 3);
    return whole.length < 6 ? [] : [whole.toString('base64'), whole.toString('base64url')];
  });
}

/** Also replaces the base64 characters around the match: they hold the rest of the secret. */
function replaceRuns(text: string, form: string): string {
  if (!text.includes(form)) return text;
  const escaped = form.replace(/[+]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w+/-])[\\w+/-]*${escaped}[\\w+/-]*=*`, 'g'), '***');
}
