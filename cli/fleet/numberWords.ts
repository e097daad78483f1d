const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );

const TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** A whole number below a million in English words: `one hundred twenty-three`. */
export function inWords(number: number): string {
  if (number >= 1_000) return joined(number, 1_000, "thousand");
  if (number >= 100) return joined(number, 100, "hundred");
  if (number < 20) return ONES[number] ?? "";
  const [tens, ones] = [TENS[Math.floor(number / 10)] ?? "", number % 10];
  return ones === 0 ? tens : `${tens}-${ONES[ones]}`;
}

function joined(number: number, size: number, unit: string): string {
  const whole = `${inWords(Math.floor(number / size))} ${unit}`;
  return number % size === 0 ? whole : `${whole} ${inWords(number % size)}`;
}

/** Whether a text is that number in words. Hyphens, capitals and "and" do not matter. */
export function isInWords(text: string, number: number): boolean {
  return plain(text) === plain(inWords(number));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "" && word !== "and")
    .join(" ");
}
