import { xml } from '../../cell-text.ts';
import type { SheetChart, Tone } from '../../document.ts';
import { letters, quoted } from './names.ts';
import { cellsOf, type Plan } from './plan.ts';

const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * Fills of segments, with the ink of the number upon them. Neighbors differ in lightness, so that a grey print tells them apart; the
 * numbers and the legend say the rest.
 */
const FILLS: Record<Tone, { fill: string; ink: string }> = {
  blue: { fill: '1F4A7A', ink: 'FFFFFF' },
  violet: { fill: 'B3A3DA', ink: '1F2933' },
  teal: { fill: '2F7F79', ink: 'FFFFFF' },
  amber: { fill: 'F3CB6B', ink: '1F2933' },
  red: { fill: 'E08A80', ink: '1F2933' },
  green: { fill: '1F5A2C', ink: 'FFFFFF' },
  gray: { fill: 'E4E8EC', ink: '1F2933' },
  plain: { fill: 'FFFFFF', ink: '1F2933' },
};
const INK = '1F2933';

/** The frames of a sheet's charts, in their places. Chart `n` of the sheet is related as `chart<n>`. */
export function drawingXml(charts: readonly SheetChart[], plan: Plan): string {
  const corner = (name: string, [row, column]: readonly [number, number], past: number): string =>
    `<xdr:${name}><xdr:col>${column - 1 + past}</xdr:col><xdr:colOff>0</xdr:colOff>` +
    `<xdr:row>${plan.first + row - 2 + past}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  const frames = charts.map(
    (chart, at) =>
      `<xdr:twoCellAnchor editAs="oneCell">${corner('from', chart.place.from, 0)}${corner('to', chart.place.to, 1)}` +
      `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${at + 2}" name="Chart ${at + 1}" descr="${xml(chart.alt)}"/>` +
      '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
      `<a:graphic><a:graphicData uri="${DRAWING}/chart"><c:chart xmlns:c="${DRAWING}/chart" r:id="chart${at + 1}"/></a:graphicData>` +
      '</a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>',
  );
  return (
    `${HEAD}<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main" xmlns:r="${RELATIONSHIPS}">` +
    `${frames.join('')}</xdr:wsDr>`
  );
}

/** One chart: bars that follow the sheet's cells, with the figures as they are now for readers that do not compute. */
export function chartXml(chart: SheetChart, plan: Plan): string {
  const bars = Array.from({ length: chart.bars[1] - chart.bars[0] + 1 }, (_, at) => chart.bars[0] + at);
  const range = (column: number, [from, to]: readonly [number, number]): string => {
    const letter = letters(column - 1);
    const cell = (row: number): string => `$${letter}$${plan.first + row - 1}`;
    return xml(`${quoted(plan.name)}!${cell(from)}${to === from ? '' : `:${cell(to)}`}`);
  };
  const points = (values: (string | number)[]): string =>
    `<c:ptCount val="${values.length}"/>${values.map((value, at) => `<c:pt idx="${at}"><c:v>${xml(String(value))}</c:v></c:pt>`).join('')}`;
  const words = (column: number, rows: readonly [number, number], values: (string | number)[]): string =>
    `<c:strRef><c:f>${range(column, rows)}</c:f><c:strCache>${points(values)}</c:strCache></c:strRef>`;

  const names = words(
    chart.labels,
    chart.bars,
    bars.map((row) => shown(plan, row, chart.labels)),
  );
  const series = chart.segments.map(({ column, tone, hatched }, at) => {
    const { fill, ink } = FILLS[tone];
    const paint = hatched
      ? `<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="${fill}"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>`
      : `<a:solidFill><a:srgbClr val="${fill}"/></a:solidFill>`;
    return (
      `<c:ser><c:idx val="${at}"/><c:order val="${at}"/>` +
      `<c:tx>${words(column, [chart.header, chart.header], [shown(plan, chart.header, column)])}</c:tx>` +
      `<c:spPr>${paint}<a:ln w="9525"><a:solidFill><a:srgbClr val="5A6673"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>` +
      // A number on every segment but the empty ones; on a hatched one it needs a ground.
      `<c:dLbls><c:numFmt formatCode="#,##0;;;" sourceLinked="0"/>` +
      `<c:spPr>${hatched ? '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>' : '<a:noFill/>'}<a:ln><a:noFill/></a:ln></c:spPr>` +
      `${text(ink, 900)}<c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>` +
      '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>' +
      `<c:cat>${names}</c:cat><c:val><c:numRef><c:f>${range(column, chart.bars)}</c:f><c:numCache>` +
      `<c:formatCode>General</c:formatCode>${points(bars.map((row) => shown(plan, row, column)))}</c:numCache></c:numRef></c:val></c:ser>`
    );
  });
  const ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>';
  return (
    `${HEAD}<c:chartSpace xmlns:c="${DRAWING}/chart" xmlns:a="${DRAWING}/main" xmlns:r="${RELATIONSHIPS}">` +
    '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>' +
    `<a:defRPr sz="1100" b="1"><a:solidFill><a:srgbClr val="${INK}"/></a:solidFill></a:defRPr></a:pPr>` +
    `<a:r><a:rPr lang="en-US" sz="1100" b="1"><a:solidFill><a:srgbClr val="${INK}"/></a:solidFill></a:rPr><a:t>${xml(chart.title)}</a:t></a:r>` +
    '</a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>' +
    `<c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/><c:varyColors val="0"/>${series.join('')}` +
    '<c:gapWidth val="45"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>' +
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>' +
    `<c:numFmt formatCode="General" sourceLinked="0"/>${ticks}<c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${text(INK, 900)}` +
    '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>' +
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/><c:axPos val="b"/>' +
    `<c:numFmt formatCode="0%" sourceLinked="0"/>${ticks}<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/>` +
    '<c:crossBetween val="between"/></c:valAx><c:spPr><a:noFill/></c:spPr></c:plotArea>' +
    `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${text(INK, 900)}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
    '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="DDE2E7"/></a:solidFill></a:ln></c:spPr>' +
    `${text(INK, 900)}</c:chartSpace>`
  );
}

function text(ink: string, size: number): string {
  return (
    `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}"><a:solidFill><a:srgbClr val="${ink}"/></a:solidFill>` +
    '<a:latin typeface="Calibri"/></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
  );
}

/** What a cell shows, as text or number. */
function shown(plan: Plan, row: number, column: number): string | number {
  const cell = cellsOf(plan.sheet.rows[row - 1])[column - 1];
  if (typeof cell !== 'object' || cell === null) return cell ?? '';
  return 'text' in cell ? cell.text : 'date' in cell ? cell.date : cell.result;
}
