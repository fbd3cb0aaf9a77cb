#include "handlers/jobstats/job/resources.h"

#include <algorithm>

#include "handlers/jobstats/job/verdicts.h"

namespace portal::jobstats {
namespace {

using views::ResourceRow;
using Kind = ResourceRow::Kind;

/// A count that Slurm wrote; zero means that it wrote none.
Reading count(double value) {
    if (value <= 0) return NoData{};
    return value;
}

ResourceRow time_row(const JobRun& run, const Site& site) {
    const slurm::Job& job = run.job;
    ResourceRow row{Kind::Time, NoData{}, NoData{}, NoData{}, {}, {}};
    if (job.time_limit) row.asked = static_cast<double>(job.time_limit->count());
    if (!job.started) return row;
    row.used = static_cast<double>(run.ran_since_start().count());
    if (!run.running && job.time_limit) {
        row.share = graded(row.used, static_cast<double>(job.time_limit->count()), site, "time");
    }
    return row;
}

ResourceRow nodes_row(const slurm::Job& job) {
    return {Kind::Nodes, count(job.requested.nodes), count(job.allocated.nodes), NoData{}, {}, {}};
}

ResourceRow cores_row(const JobRun& run, const Measures& measures, const Site& site) {
    return {Kind::Cores,    count(run.job.requested.cores),      count(run.job.allocated.cores),
            measures.cores, share_of_cores(run, measures, site), {}};
}

ResourceRow memory_row(const JobRun& run, const Measures& measures, const Site& site) {
    return {Kind::Memory,
            count(static_cast<double>(run.job.requested.memory.count)),
            count(static_cast<double>(run.job.allocated.memory.count)),
            measures.memory,
            share_of_memory(run, measures, site),
            {}};
}

void add_gpu_rows(std::vector<ResourceRow>& rows, const JobRun& run, const Measures& measures,
                  const Site& site) {
    const slurm::Job& job = run.job;
    const slurm::GpuCount& gpus = run.has_gpus() ? job.allocated.gpus : job.requested.gpus;
    if (gpus.count == 0) return;
    const GpuModel* model = gpu_model(gpus, measures.gpu_types, site);
    const std::string name = model != nullptr ? model->label : gpus.model;
    rows.push_back({Kind::Gpus,
                    count(job.requested.gpus.count),
                    count(job.allocated.gpus.count),
                    NoData{},
                    {},
                    name});
    if (!run.has_gpus()) return;
    rows.push_back({Kind::GpuCycles,
                    NoData{},
                    NoData{},
                    measures.gpu_cycles,
                    share_of_gpu(measures, site),
                    {}});
    rows.push_back({Kind::GpuMemory,
                    NoData{},
                    measures.gpu_memory_total,
                    measures.gpu_memory,
                    share_of_gpu_memory(measures, site),
                    {}});
    Reading full_power = NoData{};
    if (model != nullptr) full_power = count(model->power_w * job.allocated.gpus.count);
    rows.push_back({Kind::GpuPower,
                    NoData{},
                    full_power,
                    measures.gpu_watts,
                    {measures.gpu_power, views::Grade::Unknown},
                    {}});
}

}  // namespace

std::vector<ResourceRow> resources_of(const JobRun& run, const Measures& measures,
                                      const Site& site) {
    std::vector<ResourceRow> rows = {time_row(run, site), nodes_row(run.job),
                                     cores_row(run, measures, site),
                                     memory_row(run, measures, site)};
    add_gpu_rows(rows, run, measures, site);
    return rows;
}

}  // namespace portal::jobstats
