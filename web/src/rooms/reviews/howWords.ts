import { defineWords } from "@/kit/words";

/** How each figure is counted, in a sentence or two. */
export const howWords = defineWords(
  {
    good: (part: string, of: string) => `好评率 = 好评 ÷ 评价数 = ${part} ÷ ${of}`,
    bad: (part: string, of: string) => `差评率 = 差评 ÷ 评价数 = ${part} ÷ ${of}`,
    count: (n: string, undated: string) =>
      `评价数 = 去重后的评价 ${n} 条${undated === "0" ? "" : `，其中 ${undated} 条没有日期，按导入的日子算`}`,
    stars: (starred: string, of: string) =>
      `星级 = 买家给的星级平均，${of} 条里有星级的 ${starred} 条；换算成 5 星`,
    open: (n: string) => `待处理 = 差评里还没有人点“处理”的 ${n} 条`,
    verdict: "4 星及以上算好评，3 星中评，2 星及以下差评（半星往下算）；只写“好评/差评”的照写的算。",
    machine: (n: string, of: string) => `${of} 条里有 ${n} 条没有星级，按 AI 从文字读出的态度算，可能有错。`,
    allBuyers: "全部按买家自己给的评分算，没有用 AI 的判断。",
    before: "“上期”是紧挨着的前一段、同样多的天数。",
    trend:
      "柱是每天（长的时间段按周）的好评、中评、差评条数，线是好评率。按写评价的日子（中国时间）算，没有日期的不在图上。",
    leap: "▼ 差评突增：当天差评至少 5 条，并且比之前 14 天的平均高出 3 个标准差。",
    heat: "AI 把评价切成短句，读出每句说的方面和态度。格子里是有这样说法的评价条数，同一条评价在一格里只算一次。小字是比上期多或少几条。",
    falling: "好评率比上期降得最多的商品；两期都有 5 条以上评价的才比较。点 = 百分点。",
    voices: "AI 读出的短句，说法相近的（去掉“很、太、真的”）合在一起；数字是说这话的评价条数。",
    issues: "AI 读出评价里说到的问题；条数是说到它的评价，一条评价可以说到几个。",
    tables: "点任何一个数，只看它背后的评价。变化是好评率比上期的百分点。",
  },
  {
    good: (part: string, of: string) => `Good rate = good ÷ reviews = ${part} ÷ ${of}`,
    bad: (part: string, of: string) => `Bad rate = bad ÷ reviews = ${part} ÷ ${of}`,
    count: (n: string, undated: string) =>
      `Reviews = ${n} without duplicates${undated === "0" ? "" : `; ${undated} of them have no date and count on the day of import`}`,
    stars: (starred: string, of: string) =>
      `Stars = the average that buyers gave, over the ${starred} of ${of} with stars, on a scale of 5`,
    open: (n: string) => `To handle = the ${n} bad reviews on which nobody pressed “Handle”`,
    verdict:
      "4 stars and more are good, 3 neutral, 2 and fewer bad (halves count down); a written “good/bad” counts as written.",
    machine: (n: string, of: string) =>
      `${n} of ${of} have no stars and count as AI read their words, which may be wrong.`,
    allBuyers: "All count by what buyers gave; no guess of AI is in it.",
    before: "“Before” is the stretch directly before, of as many days.",
    trend:
      "Bars are good, neutral and bad reviews a day (a week in long periods), the line is the good rate; by the day of writing in China. Those without a date are not drawn.",
    leap: "▼ bad reviews leapt: at least 5, and over 3 standard deviations above the 14 days before.",
    heat: "AI cuts reviews into clauses and reads the aspect and tone of each. A cell counts reviews that say so, each once. Small figures: more or fewer than before.",
    falling:
      "Products whose good rate fell furthest against the period before; 5 or more reviews in both. pts = percentage points.",
    voices:
      "Clauses as AI read them; those that say the same are one. Figures count the reviews that say so.",
    issues: "Troubles that AI read in reviews; a review may tell of several.",
    tables:
      "Click any figure to see the reviews behind it. Change is the good rate in percentage points against before.",
  },
);
