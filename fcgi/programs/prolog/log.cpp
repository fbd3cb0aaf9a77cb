#include "fcgi/programs/prolog/log.h"

#include <syslog.h>

#include <cstdio>

namespace portal::prolog {
namespace {

LogTo target = LogTo::Stderr;

void write(int priority, const std::string& text) {
    if (target == LogTo::System) {
        syslog(LOG_DAEMON | priority, "%s", text.c_str());
    } else {
        std::fprintf(stderr, "userportal-prolog: %s\n", text.c_str());
    }
}

}  // namespace

void log_to(LogTo where) {
    target = where;
    if (where == LogTo::System) openlog("userportal-prolog", LOG_PID, LOG_DAEMON);
}

void warn(const std::string& text) {
    write(LOG_WARNING, text);
}

void tell(const std::string& text) {
    write(LOG_INFO, text);
}

}  // namespace portal::prolog
