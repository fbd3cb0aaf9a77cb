#include "accounting_file.h"

#include <array>
#include <stdexcept>

#include "people.h"
#include "random.h"
#include "rows.h"

namespace portal::simulator {
namespace {

constexpr std::size_t kStatement = 1U << 19U;  // bytes, well below max_allowed_packet

std::string script_hash(std::uint64_t index) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "2:";
    for (unsigned i = 0; i < 64; ++i) text += kDigits[mixed(index, i) & 15U];
    return text;
}

std::string script_row(std::uint64_t index, std::string_view text) {
    return '(' + std::to_string(index) + ",now()," + quoted(script_hash(index)) + ',' +
           quoted(text) + ')';
}

}  // namespace

AccountingFile::AccountingFile(const std::string& folder, const Settings& settings,
                               const Cluster& cluster)
    : settings_(settings),
      cluster_(cluster),
      file_(std::fopen((folder + "/jobs.sql").c_str(), "w")) {
    if (file_ == nullptr) throw std::runtime_error("cannot write " + folder + "/jobs.sql");
    write("SET NAMES utf8mb4;\nSET SESSION unique_checks=0, foreign_key_checks=0;\n");
    write_clean_up();
    write("START TRANSACTION;\n");
    write_people();
    write_scripts();
}

AccountingFile::~AccountingFile() {
    if (file_ != nullptr) std::fclose(file_);
}

void AccountingFile::write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) {
        throw std::runtime_error("cannot write jobs.sql");
    }
    bytes_ += text.size();
}

void AccountingFile::write_clean_up() {
    const std::string& c = settings_.cluster;
    const std::string first = std::to_string(kFirstId);
    const std::string ours =
        " WHERE id_job>=" + first + " AND id_job<" + std::to_string(kAfterAll) + ";\n";
    write("DELETE s FROM " + c + "_step_table s JOIN " + c + "_job_table j USING (job_db_inx)" +
          ours + "DELETE FROM " + c + "_suspend_table WHERE job_db_inx>=" + first +
          " AND job_db_inx<" + std::to_string(kAfterHistory) + ";\nDELETE FROM " + c +
          "_job_table" + ours + "DELETE FROM " + c + "_job_script_table WHERE hash_inx>=" + first +
          " AND hash_inx<" + std::to_string(kAfterHistory) + ";\n");
}

void AccountingFile::write_people() {
    const std::string& c = settings_.cluster;
    const std::string time = std::to_string(settings_.now - 400 * 86400);
    write("INSERT IGNORE INTO tres_table (creation_time,deleted,id,type,name) VALUES (" + time +
          ",0,1,'cpu',''),(" + time + ",0,2,'mem',''),(" + time + ",0,3,'energy',''),(" + time +
          ",0,4,'node',''),(" + time + ",0,5,'billing',''),(" + time + ",0,6,'fs','disk'),(" +
          time + ",0,7,'vmem',''),(" + time + ",0,8,'pages',''),(" + time + ",0," +
          std::to_string(settings_.gpu_tres) + ",'gres','gpu'),(" + time + ",0," +
          std::to_string(settings_.gpu_typed_tres) + ",'gres','gpu:a100');\n");
    write("INSERT IGNORE INTO qos_table (creation_time,id,name,description) VALUES (" + time +
          ",1,'normal','Normal QOS default');\n");
    unsigned place = 2'000'000;  // lft and rgt: a nested set after those of the real accounts
    for (const std::string_view project : projects()) {
        for (const unsigned gpus : {0U, 1U}) {
            const std::string account = std::string(project) + (gpus > 0 ? "_gpu" : "_cpu");
            const unsigned left = place++;
            std::string users;
            for (unsigned i = 0; i < kPeople.size(); ++i) {
                if (kPeople[i].project != project) continue;
                users += ",(" + time + ",0," + (gpus == 0 ? "1" : "0") + ',' +
                         std::to_string(association(i, gpus)) + ",'" +
                         std::string(kPeople[i].login) + "','" + account + "',''," +
                         std::to_string(place) + ',' + std::to_string(place + 1) + ",',1,')";
                place += 2;
            }
            const std::uint32_t id = association(
                static_cast<unsigned>(kPeople.size()) + 100 + project_index(project), gpus);
            write(
                "INSERT IGNORE INTO acct_table (creation_time,name,description,organization) "
                "VALUES (" +
                time + ",'" + account + "','" + std::string(project) + "','simulated');\n");
            write("INSERT IGNORE INTO " + c +
                  "_assoc_table "
                  "(creation_time,deleted,is_def,id_assoc,user,acct,parent_acct,lft,rgt,qos) "
                  "VALUES (" +
                  time + ",0,0," + std::to_string(id) + ",'','" + account + "','root'," +
                  std::to_string(left) + ',' + std::to_string(place++) + ",',1,')" + users + ";\n");
        }
    }
    for (const Person& person : kPeople) {
        write("INSERT IGNORE INTO user_table (creation_time,name,admin_level) VALUES (" + time +
              ",'" + std::string(person.login) + "',1);\n");
    }
}

void AccountingFile::write_scripts() {
    std::string rows;
    for (unsigned i = 0; i < kScripts; ++i) {
        if (i > 0) rows += ',';
        rows += script_row(kFirstId + i, ordinary_script(i));
    }
    flush(rows, "job_script_table", "hash_inx,last_used,script_hash,batch_script");
}

void AccountingFile::add_script(const Job& job) {
    if (!scripts_.empty()) scripts_ += ',';
    scripts_ += script_row(script_index(job), script(job));
}

void AccountingFile::add(const Job& job, Steps steps) {
    const std::string row = std::to_string(job.row);
    if (!jobs_.empty()) jobs_ += ",\n";
    jobs_ += job_values(job, cluster_, settings_, row);
    ++rows_;
    if (!job.story.empty() && !job.skeleton) add_script(job);
    const std::string values = steps == Steps::With ? step_values(job, settings_.now, row) : "";
    if (!values.empty()) steps_ += (steps_.empty() ? "" : ",\n") + values;
    if (jobs_.size() > kStatement) flush(jobs_, "job_table", kJobColumns);
    if (steps_.size() > kStatement) flush(steps_, "step_table", kStepColumns);
}

void AccountingFile::flush(std::string& rows, std::string_view table, std::string_view columns) {
    if (rows.empty()) return;
    write("INSERT INTO " + settings_.cluster + '_' + std::string(table) + " (" +
          std::string(columns) + ") VALUES\n");
    rows += ";\n";
    write(rows);
    rows.clear();
}

void AccountingFile::close() {
    flush(jobs_, "job_table", kJobColumns);
    flush(steps_, "step_table", kStepColumns);
    flush(scripts_, "job_script_table", "hash_inx,last_used,script_hash,batch_script");
    const std::string next = " AUTO_INCREMENT=" + std::to_string(kAfterHistory) + ";\n";
    // rows of the real Slurm come after these, so that loading again cannot collide with them
    write("COMMIT;\nALTER TABLE " + settings_.cluster + "_job_table" + next + "ALTER TABLE " +
          settings_.cluster + "_job_script_table" + next);
    const int failed = std::fclose(file_);
    file_ = nullptr;
    if (failed != 0) throw std::runtime_error("cannot write jobs.sql");
}

}  // namespace portal::simulator
