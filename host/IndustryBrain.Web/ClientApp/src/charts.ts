import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartData, Palette } from "./contract";
import { toOption } from "./options";

use([BarChart, LineChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

const narrowBelow = 520;

function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: get("--ib-text"), text3: get("--ib-text3"), line: get("--ib-line"), inputLine: get("--ib-input-line"), surface: get("--ib-surface"), accent: get("--ib-accent"), warning: get("--ib-warning"),
    series: [1, 2, 3, 4, 5, 6].map((i) => get(`--ib-chart${i}`)), band80: Number(get("--ib-band80")), band95: Number(get("--ib-band95")), font: get("--ib-sans"),
  };
}

/** Draws into the element, follows its size and the page's theme. */
export function draw(element: HTMLElement, first: ChartData): { update(data: ChartData): void; dispose(): void } {
  let data = first;
  const chart = init(element, null, { renderer: "svg" });
  const paint = (): void => { chart.setOption(toOption(data, palette(), element.clientWidth < narrowBelow), { notMerge: true }); };
  const size = new ResizeObserver(() => {
    if (element.clientWidth === 0) return;
    chart.resize();
    paint();
  });
  const theme = new MutationObserver(paint);
  size.observe(element);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  paint();
  return {
    update: (next) => { data = next; paint(); },
    dispose: () => { size.disconnect(); theme.disconnect(); chart.dispose(); },
  };
}
