//! A random rule file.

use std::{collections::BTreeSet, fmt::Write};

use super::{Draw, Feature, Feature::*, Frame};

/// The categories that give credits; those that take them are 扣 and 旷.
pub const EARNING: [&str; 4] = ["甲", "乙", "丙", "丁"];

struct Writer<'a> {
    draw: &'a mut Draw,
    features: &'a BTreeSet<Feature>,
    text: String,
    buckets: Vec<&'static str>,
    earning: Vec<&'static str>,
}

/// The whole file.
pub fn write(draw: &mut Draw, features: &BTreeSet<Feature>, frame: &Frame) -> String {
    let buckets = ["必修", "选修"][..draw.below(3)].to_vec();
    let earning = EARNING[..draw.between(1, 4)].to_vec();
    let mut writer = Writer { draw, features, text: String::new(), buckets, earning };
    writer.head(frame);
    writer.roundings();
    writer.buckets();
    writer.categories();
    writer.highest();
    writer.caps();
    writer.beside();
    writer.requirements();
    writer.carry();
    writer.results();
    writer.text
}

impl Writer<'_> {
    fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    fn head(&mut self, frame: &Frame) {
        self.line("id = \"case\"\nname = \"例\"\nunit = \"学分\"");
        if self.has(Who) && self.draw.likely(30) {
            self.line("who = \"person.post != '免'\"");
        }
        self.line(&format!("\n[period]\n{}", frame.table));
        self.line("\n[options]");
        let change = self.draw.word(&["end", "start", "highest", "days", "months"]);
        // days and months are not mixed: the text does not say how
        let part = if change == "months" { "months" } else { "days" };
        for (feature, option, nothing) in [(Joined, "joined", "next"), (Left, "left", "exempt"), (Leave, "leave", "exempt")] {
            let choice = self.draw.word(&["full", part, nothing]);
            let value = if self.has(feature) { choice } else { "full" };
            self.line(&format!("{option} = \"{value}\""));
        }
        self.line(&format!("change = \"{change}\""));
        let split = self.draw.word(&["days", "end", "start"]);
        self.line(&format!("split = \"{split}\""));
        if self.has(Leave) && self.draw.likely(40) {
            self.line("leave_over = \"30\"");
        }
        self.line(if self.has(CarryMoved) { "carry_now = \"moved\"" } else { "carry_now = \"counted\"" });
        if self.has(Carry) && self.draw.likely(40) {
            self.line("carry_within_max = true");
        }
        if self.has(HighestFirst) {
            self.line("highest_first = true");
        }
        if self.has(PenaltyFirst) {
            self.line("penalty_first = true");
        }
        if self.has(Cycles) || self.has(CycleCaps) || self.has(Backfill) {
            let cycle = self.draw.word(&[
                "kind = \"block\"\nyears = 2\nfrom = \"2024\"",
                "kind = \"rolling\"\nyears = 2",
                "kind = \"block\"\nyears = 3\nfrom = \"2002\"",
            ]);
            let cycle = if self.has(Backfill) { "kind = \"block\"\nyears = 3\nfrom = \"2024\"" } else { cycle };
            self.line(&format!("\n[[cycle]]\nid = \"环\"\n{cycle}"));
        }
        if self.has(Exempt) {
            let effect = self.draw.word(&["exempt", "advise", "pro_rata"]);
            self.line(&format!(
                "\n[[exempt]]\nid = \"免\"\nwhen = \"person.rank = '处级'\"\nreason = \"处级不作要求\"\neffect = \"{effect}\""
            ));
        }
        if self.has(Quantities) {
            self.line("\n[[quantity]]\nid = \"class_hours\"\nformula = \"minutes / 45\"\n\n[[quantity]]\nid = \"class_hours\"\nformula = \"days * 8\"");
        }
    }

    fn roundings(&mut self) {
        for (feature, stage) in
            [(EventRounding, "event"), (CategoryRounding, "category"), (BucketRounding, "bucket"), (TotalRounding, "total")]
        {
            let mode = self.draw.word(&["floor", "ceil", "half_up", "half_down", "nearest"]);
            let step = self.draw.word(&["1", "0.5"]);
            if self.has(feature) {
                self.line(&format!("\n[[rounding]]\nstage = \"{stage}\"\nmode = \"{mode}\"\nstep = \"{step}\""));
            }
        }
    }

    fn buckets(&mut self) {
        for bucket in self.buckets.clone() {
            self.line(&format!("\n[[bucket]]\nid = \"{bucket}\""));
            if bucket == "选修" && self.draw.likely(20) {
                self.line("in_total = false");
            }
            if self.has(BucketMax) {
                let max = self.limit(4, 20);
                self.line(&format!("max = {max}"));
            }
        }
    }

    fn number(&mut self, from: usize, to: usize) -> String {
        let whole = self.draw.between(from, to);
        format!("{whole}{}", self.draw.word(&["", "", "", ".5", ".25"]))
    }

    /// A value that may go by the person.
    fn limit(&mut self, from: usize, to: usize) -> String {
        let (first, second) = (self.number(from, to), self.number(from, to));
        match self.draw.below(10) {
            7 => format!("{{ by = \"person.rank\", table = {{ \"科级\" = \"{first}\", \"处级\" = \"{second}\" }}, else = \"{first}\" }}"),
            8 => format!("{{ formula = \"if(person.rank = '处级', {first}, {second})\" }}"),
            9 => format!(
                "{{ by = \"person.tenure\", bands = [{{ to = \"3\", credit = \"{first}\" }}, {{ over = \"3\", credit = \"{second}\" }}], else = \"{second}\" }}"
            ),
            _ => format!("\"{first}\""),
        }
    }

    fn bucket(&mut self) -> Option<&'static str> {
        (!self.buckets.is_empty()).then(|| self.buckets[self.draw.below(self.buckets.len())])
    }

    fn category(&mut self, id: &str) {
        self.line(&format!("\n[[category]]\nid = \"{id}\""));
        if let Some(bucket) = self.bucket() {
            self.line(&format!("bucket = \"{bucket}\""));
        }
    }

    fn categories(&mut self) {
        for id in self.earning.clone() {
            self.category(id);
            if self.draw.likely(25) {
                self.line(&format!("types = [\"讲座\", \"{id}\"]\nwhen = \"level != '县'\""));
            }
            if self.has(Who) && self.draw.likely(30) {
                self.line("who = \"person.rank = '科级'\"");
            }
            if self.has(Expected) && self.draw.likely(40) {
                let expected = self.draw.between(1, 6);
                self.line(&format!("expected = \"{expected}\""));
            }
            if self.has(Uncounted) && self.draw.likely(30) {
                self.line("counted = false");
            }
            let wide = self.has(Basis) && self.draw.likely(50);
            if wide {
                let basis = self.draw.word(&["day", "month", "quarter", "half_year", "period"]);
                self.line(&format!("basis = \"{basis}\""));
            } else if self.has(Spread) && self.draw.likely(50) {
                let parts = self.draw.between(2, 3);
                self.line(&format!("spread = {parts}"));
            }
            self.gates(wide);
            if wide {
                self.wide_award()
            } else {
                self.award()
            }
            self.adjusts(wide);
        }
        self.penalties();
        if self.draw.likely(20) {
            self.category("其他");
            self.line("types = [\"*\"]\nwhen = \"level = '省'\"");
            self.award();
        }
    }

    fn gates(&mut self, _wide: bool) {
        if !self.has(Gates) {
            return;
        }
        let gate = self.draw.word(&[
            "",
            "evidence = [\"证书\"]",
            "evidence_any = [\"证书\", \"笔记\"]",
            "approval = true",
            "  [[category.gate]]\n  when = \"minutes >= 30\"\n  label = \"不足 30 分钟\"",
            "  [[category.gate]]\n  when = \"minutes / 60 >= 75%\"\n  label = \"不足\"\n  [[category.gate]]\n  when = \"not (level in ('县', '乡'))\"\n  label = \"级别\"",
        ]);
        self.line(gate);
    }

    fn award(&mut self) {
        let (a, b, c) = (self.number(1, 6), self.number(0, 5), self.number(1, 3));
        let round = self.draw.word(&["exact", "floor", "ceil", "half", "half_up"]);
        let of = if self.has(Quantities) { "class_hours" } else { "minutes" };
        let award = match self.draw.below(10) {
            0 => format!("credit = \"{a}\""),
            1 => format!("of = \"days\"\n  credit = \"{a}\"\n  round = \"exact\""),
            2 => format!("of = \"minutes\"\n  per = \"45\"\n  credit = \"{c}\"\n  round = \"{round}\""),
            3 => format!("formula = \"days * {c} + {b}\""),
            4 => format!("credit = {{ by = \"level\", table = {{ \"省\" = \"{a}\", \"市\" = \"{c}\" }}, else = \"{b}\" }}"),
            5 => format!(
                "credit = {{ by = \"minutes\", bands = [{{ from = \"60\", credit = \"{a}\" }}, {{ over = \"15\", under = \"60\", credit = \"{c}\" }}, {{ to = \"15\", credit = \"0\" }}], else = \"{b}\" }}"
            ),
            6 => format!("when = \"level = '省'\"\n  credit = \"{a}\"\n  [[category.award]]\n  credit = \"{c}\""),
            7 => format!(
                "when = \"days >= 3 and minutes > 15\"\n  credit = \"{a}\"\n  [[category.award]]\n  when = \"score >= 60\"\n  of = \"{of}\"\n  per = \"2\"\n  credit = \"1\"\n  round = \"{round}\"\n  [[category.award]]\n  credit = \"{b}\""
            ),
            8 => "credit = { formula = \"max(12 - 3 * (author - 1), 0)\" }".to_owned(),
            _ => format!("of = \"{of}\"\n  per = \"1\"\n  credit = \"{c}\"\n  round = \"{round}\""),
        };
        self.line(&format!("  [[category.award]]\n  {award}"));
    }

    /// Awards whose sums over facts do not fall.
    fn wide_award(&mut self) {
        let (a, b) = (self.number(1, 4), self.draw.between(2, 5));
        let round = self.draw.word(&["exact", "floor", "ceil", "half", "half_up"]);
        let award = match self.draw.below(5) {
            0 => format!("of = \"minutes\"\n  per = \"60\"\n  credit = \"{a}\"\n  round = \"{round}\""),
            1 => format!("of = \"count\"\n  per = \"{b}\"\n  credit = \"{a}\"\n  round = \"{round}\""),
            2 => "credit = { by = \"count\", bands = [{ to = \"1\", credit = \"1\" }, { over = \"1\", to = \"3\", credit = \"2.5\" }, { over = \"3\", credit = \"7\" }] }".to_owned(),
            3 => "formula = \"min(days, 4) * 2\"".to_owned(),
            _ => "credit = { by = \"minutes\", bands = [{ under = \"60\", credit = \"0\" }, { from = \"60\", under = \"180\", credit = \"2\" }, { from = \"180\", credit = \"5\" }] }".to_owned(),
        };
        self.line(&format!("  [[category.award]]\n  {award}"));
    }

    fn adjusts(&mut self, wide: bool) {
        if !self.has(Adjust) {
            return;
        }
        for _ in 0..self.draw.between(1, 2) {
            let how = self.draw.word(&[
                "times = \"2\"",
                "times = \"0.8\"",
                "times = { by = \"level\", table = { \"省\" = \"1.5\" }, else = \"1\" }",
                "add = \"1\"",
                "add = \"0.5\"",
            ]);
            // added to an increment, or to a fact, is not the same
            let how = if wide && how.starts_with("add") { "times = \"3\"" } else { how };
            let when =
                self.draw.word(&["", "  when = \"level = '省'\"\n", "  when = \"score >= 90\"\n", "  when = \"person.rank = '处级'\"\n"]);
            self.line(&format!("  [[category.adjust]]\n{when}  {how}\n  label = \"系数\""));
        }
    }

    fn penalties(&mut self) {
        if self.has(Penalties) {
            self.category("扣");
            let award = self.draw.word(&[
                "credit = \"-1\"",
                "credit = \"-3\"",
                "credit = { by = \"level\", table = { \"省\" = \"-4\" }, else = \"-1\" }",
            ]);
            self.line(&format!("  [[category.award]]\n  {award}"));
        }
        if self.has(Derive) {
            self.category("旷");
            self.line("  [[category.award]]\n  credit = \"-2\"");
            let every = self.draw.between(2, 3);
            self.line(&format!(
                "\n[[derive]]\nfrom = [\"{}\"]\nevery = \"{every}\"\nmakes = \"旷\"",
                if self.has(Penalties) { "扣" } else { "甲" }
            ));
        }
    }

    fn highest(&mut self) {
        if !self.has(Highest) {
            return;
        }
        for _ in 0..self.draw.between(1, 2) {
            let on = self.on(false);
            let by = self.draw.word(&["\"project\"", "[\"project\", \"level\"]", "\"type\""]);
            let keep = self.draw.between(1, 2);
            let per = self.draw.word(&["period", "day"]);
            self.line(&format!("\n[[highest]]\non = [{on}]\nby = {by}\nkeep = {keep}\nper = \"{per}\""));
        }
    }

    /// Categories or buckets in quotes.
    fn on(&mut self, total: bool) -> String {
        let mut ids: Vec<&str> = self.earning.clone();
        ids.extend(&self.buckets);
        if total {
            ids.push("total");
        }
        let first = ids[self.draw.below(ids.len())];
        let second = ids[self.draw.below(ids.len())];
        if self.draw.likely(30) && first != second { format!("\"{first}\", \"{second}\"") } else { format!("\"{first}\"") }
    }

    fn cap(&mut self, per: &str, what: &str) {
        let on = self.on(true);
        let mut extra = String::new();
        // what is left of an award of an earlier period has no names
        let with_names = !self.has(Spread);
        if with_names && self.draw.likely(25) {
            extra += self.draw.word(&["when = \"level = '省'\"\n", "when = \"days > 1\"\n"]);
        }
        if !self.has(Change) && self.draw.likely(15) {
            extra += "who = \"person.rank = '科级'\"\n";
        }
        self.line(&format!("\n[[cap]]\non = [{on}]\nper = \"{per}\"\n{extra}{what}"));
    }

    fn caps(&mut self) {
        let mut kinds: Vec<&str> = Vec::new();
        let narrow = ["day", "week", "month", "quarter", "half_year"];
        for (feature, per) in [
            (EventCaps, "event"),
            (KeyCaps, "key"),
            (NarrowCaps, ""),
            (NarrowCaps, ""),
            (PeriodCaps, "period"),
            (PeriodCaps, "period"),
            (CycleCaps, "环"),
        ] {
            let chosen = self.draw.word(&narrow);
            if self.has(feature) {
                kinds.push(if per.is_empty() { chosen } else { per });
            }
        }
        for per in kinds {
            if per == "key" && self.has(Spread) {
                continue;
            }
            // on which day a cap looks at somebody who changes is not laid down
            let max = if self.has(Change) { format!("\"{}\"", self.number(1, 14)) } else { self.limit(1, 14) };
            let key = if per == "key" { "key = \"project\"\n" } else { "" };
            self.cap(per, &format!("{key}max = {max}"));
        }
        if self.has(CountCaps) {
            let per = self.draw.word(&["period", "month", "day"]);
            let count = self.draw.between(1, 4);
            self.cap(per, &format!("count = \"{count}\""));
        }
        if self.has(Floors) {
            let on = self.draw.word(&["total", "扣"]);
            let on = if self.has(Penalties) { on } else { "total" };
            let min = self.draw.word(&["0", "-2", "3"]);
            self.line(&format!("\n[[cap]]\non = [\"{on}\"]\nmin = \"{min}\""));
        }
    }

    fn beside(&mut self) {
        if self.has(Openings) {
            let credit = self.limit(1, 8);
            self.line(&format!("\n[[opening]]\nid = \"基础\"\ncredit = {credit}"));
            if let Some(bucket) = self.bucket() {
                self.line(&format!("bucket = \"{bucket}\""));
            }
        }
        if self.has(Inactive) {
            let days = self.draw.one_of(&[7, 30, 60]).to_owned();
            self.line(&format!("\n[[inactive]]\nid = \"久未\"\nwithout = [\"甲\"]\ndays = {days}\ncredit = \"-1\""));
            if let Some(bucket) = self.bucket() {
                self.line(&format!("bucket = \"{bucket}\""));
            }
        }
        if self.has(Counters) {
            let of = self.draw.word(&["credits", "count", "days"]);
            let on = self.on(false);
            self.line(&format!("\n[[counter]]\nid = \"网络\"\nfrom = [{on}]\nof = \"{of}\""));
            if self.draw.likely(50) {
                self.line("when = \"level = '省' or days >= 2\"");
            }
        }
    }

    fn measure(&mut self) -> String {
        let category = self.earning[self.draw.below(self.earning.len())];
        let bucket = self.buckets.first().copied().unwrap_or("total");
        match self.draw.below(8) {
            1 => category.to_owned(),
            2 => bucket.to_owned(),
            3 => format!("count('{category}')"),
            4 => format!("credits('{category}') + {bucket}"),
            5 => format!("sum('{category}', 'days')"),
            6 => format!("raw('{category}')"),
            7 => format!("{category} / total"),
            _ => "total".to_owned(),
        }
    }

    fn requirements(&mut self) {
        if !(self.has(Requirements) || self.has(Streak) || self.has(Backfill)) {
            return;
        }
        let min = self.limit(3, 20);
        self.line(&format!("\n[[requirement]]\nid = \"总量\"\nof = \"total\"\nmin = {min}"));
        for at in 0..self.draw.below(3) {
            let (of, min) =
                (self.measure(), if self.draw.likely(30) { self.limit(1, 9) } else { format!("\"{}\"", self.draw.between(1, 9)) });
            let severity = self.draw.word(&["must", "advise"]);
            let min = if of.contains('/') { "\"50%\"".to_owned() } else { min };
            self.line(&format!("\n[[requirement]]\nid = \"要求{at}\"\nof = \"{of}\"\nmin = {min}\nseverity = \"{severity}\""));
        }
        if self.draw.likely(30) {
            let (first, second) = (self.measure(), self.measure());
            self.line(&format!("\n[[requirement]]\nid = \"任一\"\nscaled = false\nany = [{{ of = \"{first}\", min = \"4\" }}, {{ of = \"{second}\", over = \"2\", max = \"30\" }}]"));
        }
        if self.draw.likely(if self.has(Change) { 70 } else { 30 }) {
            let (first, second) = (self.draw.between(1, 12), self.draw.between(1, 12));
            self.line(&format!("\n[[requirement]]\nid = \"分人\"\nof = \"total\"\nmin = \"{first}\"\nwho = \"person.rank = '科级'\""));
            self.line(&format!("\n[[requirement]]\nid = \"分人\"\nof = \"total\"\nmin = \"{second}\"\nwho = \"person.rank = '处级'\""));
        }
        let quiet = ![CategoryRounding, BucketMax, Joined, Left, Leave, Exempt, Change, Spread].iter().any(|feature| self.has(*feature));
        if self.has(Monthly) && quiet {
            let per = self.draw.word(&["month", "quarter", "half_year"]);
            let category = self.earning[0];
            let of = self.draw.word(&["count", "credits"]);
            self.line(&format!(
                "\n[[requirement]]\nid = \"每段\"\nof = \"{of}('{category}')\"\nmin = \"1\"\nper = \"{per}\"\nscaled = false"
            ));
            if self.draw.likely(40) {
                self.line("at_least = 2");
            }
        }
        if self.has(Cycles) {
            let min = self.draw.between(5, 40);
            self.line(&format!("\n[[requirement]]\nid = \"环总量\"\nof = \"total\"\nmin = \"{min}\"\nper = \"环\"\nscaled = false"));
        }
    }

    fn carry(&mut self) {
        if self.has(Carry) {
            let from = if self.buckets.is_empty() { "total" } else { self.buckets[self.draw.below(self.buckets.len())] };
            let over = self.draw.between(0, 10);
            let over = if self.has(Requirements) && self.draw.likely(30) {
                "over_requirement = \"总量\"".to_owned()
            } else {
                format!("over = \"{over}\"")
            };
            self.line(&format!("\n[[carry]]\nid = \"结转\"\nfrom = \"{from}\"\n{over}"));
            if let Some(bucket) = self.bucket() {
                self.line(&format!("to = \"{bucket}\""));
            }
            if self.draw.likely(50) {
                let max = self.draw.between(1, 6);
                self.line(&format!("max = \"{max}\""));
            }
            if self.draw.likely(30) {
                let only = self.earning[self.draw.below(self.earning.len())];
                self.line(&format!("only = [\"{only}\"]"));
            }
        }
        if self.has(Backfill) {
            self.line("\n[backfill]\nrequirements = [\"总量\"]\nper = \"环\"");
        }
    }

    fn results(&mut self) {
        if self.has(Veto) {
            let when = self.draw.word(&["count('甲') = 0", "total < 4", "甲 > 6"]);
            let does = self.draw.word(&["of = \"total\"\nset = \"0\"", "grade = \"合格\""]);
            let does = if self.has(Grade) { does } else { "of = \"total\"\nset = \"0\"" };
            self.line(&format!("\n[[veto]]\nid = \"否决\"\nwhen = \"{when}\"\n{does}"));
        }
        if self.has(Figures) {
            let of = self.measure();
            self.line(&format!("\n[[figure]]\nid = \"乙数\"\nformula = \"甲数 * 2 + 1\"\n\n[[figure]]\nid = \"甲数\"\nformula = \"{of}\"\nmax = \"9\"\nmin = \"1\"\nround = \"half_up\"\nstep = \"0.5\""));
        }
        if self.has(Grade) {
            self.line("\n[[grade]]\nof = \"total\"\nbands = [{ from = \"12\", name = \"优秀\" }, { from = \"6\", under = \"12\", name = \"合格\" }, { under = \"6\", name = \"不合格\" }]");
            if self.draw.likely(40) {
                self.line("gates = [{ name = \"优秀\", when = \"count('甲') >= 2\" }]");
            }
        }
        if self.has(Streak) {
            let (length, due, overlap) = (self.draw.between(1, 2), self.draw.word(&["next", "same"]), self.draw.word(&["true", "false"]));
            self.line(&format!("\n[[streak]]\nid = \"连\"\nlabel = \"补课\"\nwhen = \"short('总量')\"\nlength = {length}\ndue = \"{due}\"\noverlap = {overlap}"));
        }
        if self.has(Obligation) {
            let due = self.draw.word(&["{ days = 30 }", "{ months = 1 }", "{ next = [\"乙\"] }"]);
            let done = self.draw.word(&["补学", "乙"]);
            self.line(&format!(
                "\n[[obligation]]\nid = \"补\"\nlabel = \"补学\"\nfor = [\"甲\"]\nwhen = \"level = '省'\"\ndue = {due}\ndone = [\"{done}\"]"
            ));
            if done == "乙" {
                self.line("link = \"\"");
            }
        }
    }
}
