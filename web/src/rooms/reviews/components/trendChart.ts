import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { leaps, rate, whole } from "../figures";
import { type Bucket, VERDICTS, type Verdict } from "../shapes";

use([BarChart, LineChart, GridComponent, MarkPointComponent, TooltipComponent, SVGRenderer]);

export interface Drawn {
  buckets: Bucket[];
  names: Record<Verdict, string> & { rate: string; leap: string };
  /** How a day is written: short on the axis, long in the tip. */
  label: (day: string) => string;
  chosen: string | undefined;
  large: boolean;
}

type Pick = (day: string, verdict?: Verdict) => void;

/** The chart of one panel. Colours come from the page's tokens at the time of drawing. */
export function openChart(box: HTMLElement, pick: Pick) {
  const chart: ECharts = init(box, null, { renderer: "svg" });
  let buckets: Bucket[] = [];
  let onBar = false;
  chart.on("click", { componentType: "series" }, ({ dataIndex, seriesId }) => {
    const bucket = buckets[dataIndex];
    onBar = VERDICTS.includes(seriesId as Verdict);
    if (bucket && onBar) pick(bucket.day, seriesId as Verdict);
  });
  // Days without a bar can be clicked, too.
  chart.getZr().on("click", ({ offsetX, offsetY }) => {
    const inside = chart.containPixel({ gridIndex: 0 }, [offsetX, offsetY]);
    const at = inside && !onBar ? chart.convertFromPixel({ xAxisIndex: 0 }, offsetX) : -1;
    onBar = false;
    const bucket = buckets[Number(at)];
    if (bucket) pick(bucket.day);
  });
  const watcher = new ResizeObserver(() => chart.resize());
  watcher.observe(box);
  return {
    draw(drawn: Drawn): void {
      buckets = drawn.buckets;
      chart.setOption(optionsOf(drawn), true);
    },
    close(): void {
      watcher.disconnect();
      chart.dispose();
    },
  };
}

function tokens() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    faint: of("--ink-3"),
    line: of("--line"),
    hover: of("--hover"),
    paper: of("--raised"),
    good: of("--satisfied"),
    neutral: of("--ink-3"),
    bad: of("--angry"),
    accent: of("--accent"),
  };
}

function optionsOf({ buckets, names, label, chosen, large }: Drawn) {
  const colour = tokens();
  const size = large ? 16 : 11;
  const text = { color: colour.faint, fontSize: size };
  const leapt = leaps(buckets.map(({ tally }) => tally.bad));
  const bars = VERDICTS.map((verdict) => ({
    id: verdict,
    name: names[verdict],
    type: "bar" as const,
    stack: "all",
    barMaxWidth: 28,
    emphasis: { disabled: true },
    barCategoryGap: "24%",
    itemStyle: { color: colour[verdict] },
    data: buckets.map(({ day, tally }) => ({
      value: tally[verdict],
      itemStyle: { opacity: (chosen && chosen !== day ? 0.35 : 0.9) * (verdict === "neutral" ? 0.6 : 1) },
    })),
    ...(verdict === "bad" && {
      markPoint: {
        symbol: "triangle",
        symbolSize: large ? 16 : 9,
        symbolRotate: 180,
        symbolOffset: [0, large ? -12 : -7],
        silent: true,
        label: { show: false },
        itemStyle: { color: colour.bad },
        data: leapt.map((at) => ({ coord: [at, buckets[at]?.tally.count ?? 0] })),
      },
    }),
  }));
  const line = {
    id: "rate",
    name: names.rate,
    type: "line" as const,
    yAxisIndex: 1,
    symbol: "circle",
    symbolSize: large ? 7 : 4,
    showSymbol: buckets.length < 40,
    connectNulls: true,
    lineStyle: { color: colour.ink, width: large ? 3 : 1.5 },
    itemStyle: { color: colour.ink },
    silent: true,
    data: buckets.map(({ tally }) =>
      tally.goodRate === null ? null : Number((tally.goodRate * 100).toFixed(1)),
    ),
  };
  return {
    animationDuration: 150,
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    grid: { left: 4, right: 4, top: large ? 28 : 20, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: buckets.map(({ day }) => label(day)),
      axisLabel: { ...text, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour.line } },
    },
    yAxis: [
      { type: "value", axisLabel: text, splitLine: { lineStyle: { color: colour.line } }, minInterval: 1 },
      {
        type: "value",
        axisLabel: { ...text, formatter: "{value}%" },
        splitLine: { show: false },
        max: 100,
        min: ({ min }: { min: number }) => Math.max(0, Math.floor((min - 5) / 10) * 10),
      },
    ],
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: colour.hover, opacity: 0.6 } },
      backgroundColor: colour.paper,
      borderColor: colour.line,
      textStyle: { color: colour.ink, fontSize: size + 1 },
      // An element of our own: markup with style attributes would be refused by the Content-Security-Policy.
      formatter: (given: unknown) => tip(given, buckets, names, leapt),
    },
    series: [...bars, line],
  };
}

function tip(given: unknown, buckets: Bucket[], names: Drawn["names"], leapt: number[]): HTMLElement {
  const at = (given as { dataIndex: number }[])[0]?.dataIndex ?? 0;
  const box = document.createElement("div");
  const bucket = buckets[at];
  if (!bucket) return box;
  const { tally, day } = bucket;
  const lines = [
    day,
    ...VERDICTS.map((verdict) => `${names[verdict]} ${whole(tally[verdict])}`),
    `${names.rate} ${rate(tally.goodRate)}`,
    ...(leapt.includes(at) ? [`▼ ${names.leap}`] : []),
  ];
  for (const line of lines) box.append(Object.assign(document.createElement("div"), { textContent: line }));
  return box;
}
