#include "views/pages/jobstats/job_page.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/base/format.h"
#include "views/markers/job_page.tpl.h"
#include "views/markers/part_ticket.tpl.h"
#include "views/pages/jobstats/cost.h"
#include "views/pages/jobstats/job_charts.h"
#include "views/pages/jobstats/resources.h"
#include "views/pages/jobstats/script.h"
#include "views/pages/jobstats/timeline.h"
#include "views/pages/jobstats/verdicts.h"
#include "views/parts/charts/notices.h"
#include "views/parts/instant.h"
#include "views/parts/jobs/job_table.h"
#include "views/parts/state.h"

namespace portal::views {
namespace {

constexpr std::size_t kFewNodes = 3;
constexpr std::size_t kTicketNodes = 10;

std::string joined(const std::vector<std::string>& texts, std::size_t most) {
    std::string result;
    for (std::size_t at = 0; at < std::min(texts.size(), most); ++at) {
        if (at > 0) result += ", ";
        result += texts[at];
    }
    return result;
}

void fill_nodes(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.nodes.empty()) return dict.ShowSection(kjp_NO_NODES);
    dict.SetValueAndShowSection(kjp_FEW_NODES, joined(page.nodes, kFewNodes), kjp_HAS_NODES);
    if (page.nodes.size() <= kFewNodes) return;
    dict.SetValueAndShowSection(
        kjp_MORE_NODES_TEXT,
        words.plural("and {0} more", "and {0} more nodes", page.nodes.size() - kFewNodes),
        kjp_MORE_NODES);
}

void fill_more(const JobPage& page, TemplateDictionary& dict) {
    const bool many = page.nodes.size() > kFewNodes;
    if (!many && page.work_dir.empty() && page.submit_line.empty()) return;
    if (!page.output.empty()) {
        dict.SetValueAndShowSection(kjp_OUTPUT_TEXT, page.output, kjp_OUTPUT);
    }
    dict.ShowSection(kjp_MORE);
    if (many) {
        dict.SetValueAndShowSection(kjp_ALL_NODES_TEXT, joined(page.nodes, page.nodes.size()),
                                    kjp_ALL_NODES);
    }
    if (!page.work_dir.empty()) {
        dict.SetValueAndShowSection(kjp_WORK_DIR_TEXT, page.work_dir, kjp_WORK_DIR);
    }
    if (!page.submit_line.empty()) {
        dict.SetValueAndShowSection(kjp_SUBMIT_LINE_TEXT, page.submit_line, kjp_SUBMIT_LINE);
    }
}

void fill_exit(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.exit_code && !page.exit_signal) return;
    std::string said = std::to_string(page.exit_code.value_or(0));
    if (page.exit_signal.value_or(0) != 0) {
        said += ", " + words.text(mark("signal {0}"), {std::to_string(*page.exit_signal)});
    }
    dict.SetValueAndShowSection(kjp_EXIT_TEXT, said, kjp_EXIT);
}

/// Whether the first lines below repeat the sentence about the state.
bool said_by_notice(const JobPage& page) {
    return std::any_of(page.notices.begin(), page.notices.end(),
                       [&](const Notice& notice) { return notice.text.id == page.state_text.id; });
}

void fill_head(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetValue(kjp_NAME, page.name);
    dict.SetValue(kjp_NUMBER, page.number);
    dict.SetValue(kjp_ACCOUNT, page.account);
    dict.SetValue(kjp_PARTITION, page.partition);
    add_state(dict, kjp_STATE, page.state, page.state_number, 0, words);
    add_time(dict, kjp_FRESH, page.frame.now, "clock", words);
    if (!page.state_text.empty() && !said_by_notice(page)) {
        dict.SetValueAndShowSection(kjp_STATE_SENTENCE, words.sentence(page.state_text),
                                    kjp_STATE_TEXT);
    }
    add_waits(dict, kjp_WAITS, page.waits_for, words);
    if (page.owner != page.frame.viewer) {
        dict.ShowSection(kjp_OTHERS);
        dict.SetValue(kjp_OWNER, page.owner);
        dict.SetValue(kjp_USER_LINK, page.user_link);
    }
    if (!page.array_link.empty()) {
        dict.SetValue(kjp_ARRAY_NUMBER, page.array_number);
        dict.SetValueAndShowSection(kjp_ARRAY_LINK, page.array_link, kjp_ARRAY);
    }
    fill_nodes(page, dict, words);
    fill_exit(page, dict, words);
    if (page.failed && !page.output.empty()) {
        dict.SetValueAndShowSection(kjp_FAILED_OUTPUT, page.output, kjp_FAILED);
    }
    add_wall_clock(dict, kjp_WALL_CLOCK, page.timeline, tone_of(page.state).tone, words);
}

void fill_headline(const Headline& headline, TemplateDictionary& dict, const Words& words) {
    if (headline.text.empty()) return;
    const Tone tone = tone_of(headline.grade);
    dict.SetValueAndShowSection(kjp_HEADLINE_TEXT, words.sentence(headline.text), kjp_HEADLINE);
    dict.SetValue(kjp_HEADLINE_TONE, tone.tone);
    dict.SetValue(kjp_HEADLINE_ICON, tone.icon);
    if (headline.lost.empty()) return;
    dict.SetValueAndShowSection(kjp_HEADLINE_LOST_TEXT, words.sentence(headline.lost),
                                kjp_HEADLINE_LOST);
}

void fill_sections(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    for (const ChartSection& section : page.sections) {
        if (section.charts.empty()) continue;
        const std::string name = section_word(section.id, words);
        TemplateDictionary& link = *dict.AddSectionDictionary(kjp_SECTION_LINK);
        TemplateDictionary& item = *dict.AddSectionDictionary(kjp_SECTION);
        for (TemplateDictionary* one : {&link, &item}) {
            one->SetValue(kjp_SECTION_ID, section.id);
            one->SetValue(kjp_SECTION_NAME, name);
        }
        if (section.id == "node") {
            item.SetValueAndShowSection(
                kjp_WARNING_TEXT,
                words.text(mark(
                    "These graphs cover the whole node, including any other jobs running on it.")),
                kjp_WARNING);
        }
        add_charts(item, kjp_CHARTS, section.charts, job_charts(), page.number, words);
    }
    if (!page.sections.empty()) dict.ShowSection(kjp_ZOOM);
}

void fill_related(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    const bool chained = page.chain.stages.size() > 1;
    if (page.attempts.empty() && page.siblings.empty() && !chained) return;
    dict.ShowSection(kjp_RELATED);
    dict.ShowSection(kjp_RELATED_LINK);
    const Instant now = page.frame.now;
    if (chained) dict.ShowSection(kjp_CHAINED);
    add_chain(dict, kjp_CHAIN, page.chain, words);
    if (!page.attempts.empty()) {
        dict.ShowSection(kjp_ATTEMPTS);
        dict.SetValue(kjp_ATTEMPT_COUNT, format::count(page.attempts.size(), words.language()));
        add_job_table(dict, kjp_ATTEMPT_JOBS, ungrouped(page.attempts),
                      {JobTable::Kind::Ran, words.text(mark("Attempts")), "r", now}, words);
    }
    if (page.siblings.empty()) return;
    const std::string title = page.het ? words.text(mark("Components of this job"))
                                       : words.text(mark("Other tasks of this array"));
    dict.ShowSection(kjp_SIBLINGS);
    dict.SetValue(kjp_SIBLING_TITLE, title);
    dict.SetValue(kjp_SIBLING_COUNT, format::count(page.siblings.size(), words.language()) +
                                         (page.siblings_cut ? "+" : ""));
    add_job_table(dict, kjp_SIBLING_JOBS, ungrouped(page.siblings),
                  {JobTable::Kind::Ran, title, "r", now}, words);
    if (page.siblings_cut) dict.ShowSection(kjp_CUT);
}

std::string node_names(const JobPage& page) {
    const bool many = page.nodes.size() > kTicketNodes;
    return joined(page.nodes, kTicketNodes) + (many ? ", …" : "");
}

std::vector<std::string> ticket_lines(const JobPage& page, const Words& words) {
    const Timeline& times = page.timeline;
    std::vector<std::string> lines = {
        words.text(mark("Job {0} ({1}) of {2} on {3}: {4}"),
                   {page.number, page.name, page.owner, page.cluster,
                    state_word(page.state, page.state_number, words)})};
    if (times.started && times.ended) {
        lines.push_back(words.text(
            mark("It ran from {0} to {1} on {2}."),
            {words.instant(*times.started), words.instant(*times.ended), node_names(page)}));
    }
    if (!page.headline.text.empty()) lines.push_back(words.sentence(page.headline.text));
    if (!page.output.empty()) lines.push_back(words.text(mark("Output: {0}"), {page.output}));
    return lines;
}

/// What to tell somebody who helps, in a few lines to copy; of a job that failed.
void add_ticket(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.failed) return;
    TemplateDictionary& part = include(dict, kjp_TICKET, "part_ticket.tpl", words);
    part.SetValue(kpt_COMMAND, "sacct -j " + page.number +
                                   " --format=JobID,State,ExitCode,Elapsed,Timelimit,"
                                   "ReqTRES%60,MaxRSS,NodeList");
    for (const std::string& line : ticket_lines(page, words)) {
        part.AddSectionDictionary(kpt_LINE)->SetValue(kpt_LINE_TEXT, line);
    }
}

}  // namespace

std::string fill(const JobPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("job_page.tpl"));
    fill_head(page, dict, words);
    const bool judged =
        !page.verdicts.empty() || !page.notices.empty() || !page.headline.text.empty();
    if (judged) dict.ShowSection(kjp_JUDGED);
    fill_headline(page.headline, dict, words);
    add_verdicts(dict, kjp_VERDICTS, page.verdicts, words);
    add_next_time(dict, kjp_NEXT_TIME, page.next_time, words);
    add_notices(dict, kjp_NOTICES, page.notices, words, job_charts());
    add_resources(dict, kjp_RESOURCES, page.resources, words);
    add_cost(dict, kjp_COST, page.cost, words);
    add_script(dict, kjp_SCRIPT, page.script, words);
    fill_sections(page, dict, words);
    fill_related(page, dict, words);
    add_ticket(page, dict, words);
    fill_more(page, dict);
    return words.text(mark("Job {0}"), {page.number}) + " · " + page.name;
}

}  // namespace portal::views
