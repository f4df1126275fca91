/** What style sheets say of a drawing. */
const properties = [
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'stroke',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-width',
] as const;

/** A drawing as a file of its own: what style sheets say of it is written into it. */
export function pictureOf(drawing: SVGSVGElement): string {
  // A clone is what it is a clone of.
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [...copy.querySelectorAll<SVGElement>('*')];
  for (const [index, original] of [...drawing.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(original);
    for (const property of properties)
      copies[index]?.style.setProperty(property, style.getPropertyValue(property));
  }
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.style.setProperty('background', getComputedStyle(document.documentElement).backgroundColor);
  return new XMLSerializer().serializeToString(copy);
}
