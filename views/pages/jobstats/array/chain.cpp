#include "views/pages/jobstats/array/chain.h"

#include <ctemplate/template.h>

#include "views/markers/part_chain.tpl.h"
#include "views/markers/part_waits.tpl.h"
#include "views/parts/state.h"

namespace portal::views {
namespace {

constexpr std::size_t kLeastStages = 2;

void fill_job(TemplateDictionary& item, const ChainJob& job, const Words& words) {
    item.SetValue(kpc_NUMBER, job.number);
    item.SetValue(kpc_NAME, job.name);
    item.SetValue(kpc_LINK, job.link);
    item.ShowSection(job.here ? kpc_PLAIN : kpc_LINKED);
    if (job.here) item.ShowSection(kpc_HERE);
    if (job.blocks) item.ShowSection(kpc_BLOCKS);
    add_state(item, kpc_STATE, job.state, job.state_number, 0, words);
}

}  // namespace

void add_chain(TemplateDictionary& dict, const TemplateString& marker, const Chain& chain,
               const Words& words) {
    if (chain.stages.size() < kLeastStages) return;
    TemplateDictionary& part = include(dict, marker, "part_chain.tpl", words);
    for (const std::vector<ChainJob>& stage : chain.stages) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpc_STAGE);
        for (const ChainJob& job : stage) fill_job(*item.AddSectionDictionary(kpc_JOB), job, words);
    }
    if (chain.cut) part.ShowSection(kpc_CUT);
}

void add_waits(TemplateDictionary& dict, const TemplateString& marker,
               const std::vector<ChainJob>& jobs, const Words& words) {
    if (jobs.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_waits.tpl", words);
    for (const ChainJob& job : jobs) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpw_JOB);
        item.SetValue(kpw_NUMBER, job.number);
        item.SetValue(kpw_NAME, job.name);
        item.SetValue(kpw_LINK, job.link);
        add_state(item, kpw_STATE, job.state, job.state_number, 0, words);
    }
}

}  // namespace portal::views
