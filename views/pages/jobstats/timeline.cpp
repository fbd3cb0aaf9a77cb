#include "views/pages/jobstats/timeline.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/base/format.h"
#include "views/markers/part_wall_clock.tpl.h"
#include "views/parts/instant.h"

namespace portal::views {
namespace {

/// The moments that divide the bar, in order whatever Slurm wrote.
struct Moments {
    Instant submitted;
    Instant eligible;
    Instant started;
    Instant stopped;  ///< end, or now
    Instant last;     ///< right edge of the bar
};

Moments moments_of(const Timeline& timeline) {
    Moments at{};
    at.submitted = timeline.submitted;
    at.stopped = std::max(timeline.ended.value_or(timeline.now), at.submitted);
    if (timeline.run_unknown) at.stopped = timeline.started.value_or(at.submitted);
    at.started = std::clamp(timeline.started.value_or(at.stopped), at.submitted, at.stopped);
    at.eligible = std::clamp(timeline.eligible.value_or(at.started), at.submitted, at.started);
    at.last = at.stopped;
    if (timeline.started && timeline.limit && !timeline.run_unknown) {
        at.last = std::max(at.last, at.started + *timeline.limit + timeline.suspended);
    }
    return at;
}

std::string waited(const Moments& at, const Words& words) {
    return words.duration(static_cast<double>((at.started - at.submitted).count()));
}

std::string summary(const Timeline& timeline, const Words& words) {
    const Moments at = moments_of(timeline);
    if (timeline.run_unknown) {
        return timeline.started
                   ? words.text(mark("Waited {0}, run time not known"), {waited(at, words)})
                   : words.text(mark("Run time not known"));
    }
    if (!timeline.started) {
        return timeline.ended ? words.text(mark("Waited {0}, never ran"), {waited(at, words)})
                              : words.text(mark("Waiting for {0}"), {waited(at, words)});
    }
    // Slurm stops the clock of the time limit while a job is suspended.
    const Seconds run = std::max(at.stopped - at.started - timeline.suspended, Seconds{0});
    const std::string ran = words.duration(static_cast<double>(run.count()));
    const bool over = timeline.ended.has_value();
    if (!timeline.limit) {
        return over ? words.text(mark("Waited {0}, ran {1}"), {waited(at, words), ran})
                    : words.text(mark("Waited {0}, running for {1}"), {waited(at, words), ran});
    }
    const auto limit = words.duration(static_cast<double>(timeline.limit->count()));
    return over ? words.text(mark("Waited {0}, ran {1} of {2}"), {waited(at, words), ran, limit})
                : words.text(mark("Waited {0}, running for {1} of {2}"),
                             {waited(at, words), ran, limit});
}

void add_limit(TemplateDictionary& part, const Timeline& timeline, const Words& words) {
    if (!timeline.started || !timeline.limit || timeline.ended || timeline.run_unknown) return;
    part.ShowSection(kpwc_LIMIT_SET);
    add_time(part, kpwc_LIMIT, *timeline.started + *timeline.limit + timeline.suspended, "absolute",
             words);
}

void add_marks(TemplateDictionary& part, const Timeline& timeline, const Words& words) {
    add_time(part, kpwc_SUBMITTED, timeline.submitted, "absolute", words);
    if (timeline.eligible) {
        part.ShowSection(kpwc_ELIGIBLE_SET);
        add_time(part, kpwc_ELIGIBLE, *timeline.eligible, "absolute", words);
    }
    if (timeline.started) {
        part.ShowSection(kpwc_STARTED_SET);
        add_time(part, kpwc_STARTED, *timeline.started, "absolute", words);
    }
    if (timeline.ended) {
        part.ShowSection(kpwc_ENDED_SET);
        add_time(part, kpwc_ENDED, *timeline.ended, "absolute", words);
    }
    add_limit(part, timeline, words);
}

const ctemplate::StaticTemplateString& section_of(ClockPiece::Kind kind) {
    switch (kind) {
        case ClockPiece::Kind::Held:
            return kpwc_HELD;
        case ClockPiece::Kind::Waiting:
            return kpwc_WAIT;
        case ClockPiece::Kind::Running:
            return kpwc_RUN;
        case ClockPiece::Kind::Left:
            break;
    }
    return kpwc_LEFT;
}

}  // namespace

std::vector<ClockPiece> clock_pieces(const Timeline& timeline) {
    const Moments at = moments_of(timeline);
    const auto whole = std::max<std::int64_t>((at.last - at.submitted).count(), 1);
    const auto place = [&](Instant moment) {
        return static_cast<int>((moment - at.submitted).count() * 1000 / whole);
    };
    const Instant held_until = timeline.eligible ? at.eligible : at.submitted;
    const std::vector<ClockPiece> all = {
        {ClockPiece::Kind::Held, 0, place(held_until)},
        {ClockPiece::Kind::Waiting, place(held_until), place(at.started) - place(held_until)},
        {ClockPiece::Kind::Running, place(at.started), place(at.stopped) - place(at.started)},
        {ClockPiece::Kind::Left, place(at.stopped), place(at.last) - place(at.stopped)}};
    std::vector<ClockPiece> pieces;
    std::copy_if(all.begin(), all.end(), std::back_inserter(pieces),
                 [](const ClockPiece& piece) { return piece.width > 0; });
    return pieces;
}

void add_wall_clock(TemplateDictionary& dict, const TemplateString& marker,
                    const Timeline& timeline, const std::string& tone, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_wall_clock.tpl", words);
    part.SetValue(kpwc_TONE, tone);
    part.SetValue(kpwc_SUMMARY, summary(timeline, words));
    for (const ClockPiece& piece : clock_pieces(timeline)) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpwc_PIECE);
        item.ShowSection(section_of(piece.kind));
        item.SetIntValue(kpwc_X, piece.from);
        item.SetIntValue(kpwc_WIDTH, piece.width);
        if (piece.kind == ClockPiece::Kind::Held) part.ShowSection(kpwc_KEY_HELD);
    }
    add_marks(part, timeline, words);
}

}  // namespace portal::views
