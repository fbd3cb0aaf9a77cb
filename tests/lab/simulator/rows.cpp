#include "rows.h"

#include <algorithm>
#include <cmath>

#include "people.h"
#include "physics.h"

namespace portal::simulator {

const std::string_view kJobColumns =
    "job_db_inx,mod_time,account,array_task_str,array_max_tasks,array_task_pending,cpus_req,"
    "derived_ec,"
    "exit_code,flags,job_name,id_assoc,id_array_job,id_array_task,id_job,id_qos,id_resv,id_wckey,"
    "id_user,"
    "id_group,het_job_id,het_job_offset,kill_requid,state_reason_prev,mem_req,nodelist,nodes_alloc,"
    "node_inx,`partition`,priority,script_hash_inx,state,timelimit,time_submit,time_eligible,time_"
    "start,"
    "time_end,time_suspended,work_dir,submit_line,tres_alloc,tres_req";

const std::string_view kStepColumns =
    "job_db_inx,id_step,exit_code,nodelist,nodes_alloc,state,step_name,task_cnt,time_start,time_"
    "end,"
    "user_sec,user_usec,sys_sec,sys_usec,tres_alloc,tres_usage_in_max,tres_usage_in_tot,"
    "tres_usage_out_max,tres_usage_out_tot";

namespace {

constexpr std::uint32_t kFirstAssociation = 100'001;
constexpr std::uint64_t kMemoryPerCpu = 1ULL << 63U;
constexpr std::string_view kUnknownEnergy = "3=18446744073709551614";
constexpr double kSystemShare = 0.03;  // of the CPU seconds

/// Joins values with commas.
class Values {
 public:
    Values& add(std::string_view text) {
        text_.append(text_.size() == 1 ? "" : ",").append(text);
        return *this;
    }
    Values& add(std::uint64_t number) { return add(std::string_view(std::to_string(number))); }
    Values& add(UnixTime time) { return add(static_cast<std::uint64_t>(time)); }
    Values& add(std::uint32_t number) { return add(std::uint64_t{number}); }
    [[nodiscard]] std::string row() && { return std::move(text_) + ')'; }

 private:
    std::string text_ = "(";
};

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text = "_latin1 0x";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += {kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    return text;
}

std::string tres(const Job& job, const Settings& settings, bool allocated) {
    std::string text = "1=" + std::to_string(job.cores) + ",2=" + std::to_string(job.memory_mib);
    if (allocated) text.append(",").append(kUnknownEnergy);
    text += ",4=" + std::to_string(job.nodes) + ",5=" + std::to_string(job.cores);
    if (job.gpus > 0) {
        const std::string count = '=' + std::to_string(job.gpus);
        text += ',' + std::to_string(settings.gpu_tres) + count;
        text += ',' + std::to_string(settings.gpu_typed_tres) + count;
    }
    return text;
}

std::uint64_t memory_request(const Job& job) {
    return job.memory_per_cpu ? kMemoryPerCpu | (job.memory_mib / job.cores)
                              : job.memory_mib / job.nodes;
}

bool got_nodes(const Job& job) {
    return job.start > 0 && job.node_list != "None assigned";
}

std::string submit_line(const Job& job) {
    std::string line = "sbatch --account=" + job.account +
                       " --time=" + std::to_string(job.limit_minutes) +
                       " --ntasks=" + std::to_string(job.cores);
    if (job.gpus > 0) line += " --gpus-per-node=a100:" + std::to_string(job.gpus / job.nodes);
    if (!job.dependency.empty()) line += " --dependency=" + job.dependency;
    return line + " job.sh";
}

void add_identity(Values& values, const Job& job) {
    const unsigned person = job.person;
    values.add(association(person, job.gpus)).add(job.array_job).add(job.array_task).add(job.id);
    values.add("1,0,0");
    values.add(job.skeleton ? 0 : kFirstUid + person);
    values.add(job.skeleton ? 0 : kFirstGid + project_index(kPeople[person].project));
    values.add(job.het_job).add(job.het_offset);
    const bool cancelled = job.state == State::Cancelled;
    values.add(cancelled ? std::string_view(std::to_string(kFirstUid + person)) : "NULL");
}

void add_times(Values& values, const Job& job) {
    values.add(job.submit).add(job.skeleton ? 0 : job.eligible);
    values.add(job.row_start > 0 ? job.row_start : job.start).add(job.end).add(job.suspended);
}

/// CPU seconds and peak bytes per node of a job, measured or, without nodes, from its behaviour.
struct Measured {
    double cpu = 0;
    double peak = 0;
    double total = 0;
};

Measured measured(const Job& job, double t) {
    Measured found;
    if (!job.simulated()) {
        found.cpu = std::min(job.does.busy_cores, job.cores) * job.does.core.integral(t);
        found.total = job.does.memory_share * static_cast<double>(job.memory_mib) * 1048576;
        found.peak = found.total / job.nodes;
        return found;
    }
    found.cpu = cpu_seconds(job, t);
    for (unsigned part = 0; part < job.placements.size(); ++part) {
        const double rss = memory(job, part, t).rss;
        found.peak = std::max(found.peak, rss);
        found.total += rss;
    }
    return found;
}

struct Step {
    int id = 0;
    std::string_view name;
    double cpu = 0;
    double peak = 0;
    double total = 0;
    unsigned tasks = 1;
};

std::string usage(double cpu_seconds, double bytes) {
    if (bytes <= 0) return "''";
    return "'1=" + std::to_string(static_cast<std::uint64_t>(cpu_seconds * 1000)) +
           ",2=" + std::to_string(static_cast<std::uint64_t>(bytes)) +
           ",6=1048576,7=" + std::to_string(static_cast<std::uint64_t>(bytes * 1.3)) + '\'';
}

std::string step_row(const Job& job, const Step& step, std::string_view row) {
    const double system = step.cpu * kSystemShare;
    const double user = step.cpu - system;
    const auto whole = [](double seconds) { return static_cast<std::uint64_t>(seconds); };
    const auto micro = [](double seconds) {
        return static_cast<std::uint64_t>((seconds - std::floor(seconds)) * 1e6);
    };
    const bool batch = step.id == -5;
    Values values;
    values.add(row)
        .add(std::string_view(std::to_string(step.id)))
        .add(step.id == -4 ? 0 : job.exit_code);
    values.add(quoted(job.node_list)).add(batch ? 1 : job.nodes);
    values.add(static_cast<std::uint32_t>(job.state)).add(quoted(step.name)).add(step.tasks);
    values.add(job.start).add(job.end);
    values.add(whole(user)).add(micro(user)).add(whole(system)).add(micro(system));
    values.add("'1=" + std::to_string(job.cores) + ",2=" + std::to_string(job.memory_mib) +
               ",4=" + std::to_string(job.nodes) + '\'');
    values.add(usage(step.cpu / step.tasks, step.peak)).add(usage(step.cpu, step.total));
    values.add("'6=524288'").add("'6=524288'");
    return std::move(values).row();
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') literal += '\\';
        if (c == '\n') {
            literal += "\\n";
        } else {
            literal += c;
        }
    }
    return literal + '\'';
}

std::uint32_t association(unsigned person, unsigned gpus) {
    return kFirstAssociation + 2 * person + (gpus > 0 ? 1 : 0);
}

std::string job_values(const Job& job, const Cluster&, const Settings& settings,
                       std::string_view row) {
    Values values;
    values.add(row).add(std::max({job.submit, job.start, job.end}));
    values.add(job.skeleton ? "NULL" : quoted(job.account));
    values.add(job.array_rest.empty() ? "NULL" : quoted(job.array_rest));
    values.add(job.array_throttle).add(job.array_waiting).add(job.cores);
    values.add(job.exit_code).add(job.exit_code).add(job.skeleton ? 16U : 20U);
    values.add(job.raw_name ? hexadecimal(job.name) : quoted(job.name));
    add_identity(values, job);
    values.add(job.reason).add(memory_request(job)).add(quoted(job.node_list));
    values.add(got_nodes(job) ? job.nodes : 0).add(got_nodes(job) ? "'0'" : "NULL");
    values.add(job.skeleton ? "''" : quoted(job.partition)).add(job.priority);
    values.add(job.skeleton ? 0 : script_index(job)).add(static_cast<std::uint32_t>(job.state));
    values.add(job.limit_minutes);
    add_times(values, job);
    values.add(job.skeleton ? "''"
                            : quoted("/lustre02/scratch/" + std::string(job.login()) + "/run"));
    values.add(job.skeleton ? "NULL" : quoted(submit_line(job)));
    values.add(got_nodes(job) && !job.bare ? quoted(tres(job, settings, true)) : "''");
    values.add(job.bare || job.skeleton ? "''" : quoted(tres(job, settings, false)));
    return std::move(values).row();
}

std::string step_values(const Job& job, UnixTime now, std::string_view row) {
    if (!got_nodes(job) || job.skeleton || job.bare) return {};
    const double t = job.elapsed(now);
    const Measured all = measured(job, t);
    const bool sampled = t > 30;  // shorter steps show no memory
    const double peak = sampled ? all.peak : 0;
    std::string rows = step_row(job, {-4, "extern", 0.01, 0, 0, job.nodes}, row);
    if (job.nodes == 1) {
        rows += ',' + step_row(job, {-5, "batch", all.cpu, peak, peak, 1}, row);
        return rows;
    }
    rows += ',' + step_row(job, {-5, "batch", 2, sampled ? 8e6 : 0, sampled ? 8e6 : 0, 1}, row);
    const Step work{0, "solver", all.cpu, peak, sampled ? all.total : 0, job.nodes};
    return rows + ',' + step_row(job, work, row);
}

}  // namespace portal::simulator
