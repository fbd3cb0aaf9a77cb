#pragma once

#include <string>

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// The virtual host: certificate, sockets, folders.
void examine_web_server(const std::string& file, const Config& config, const Clock& clock,
                        Report& report);

}  // namespace portal::doctor
