#include "fcgi/programs/doctor/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <ctime>
#include <memory>

namespace portal::doctor {

std::vector<Instant> ends_of_certificates(const std::string& file) {
    std::vector<Instant> ends;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "re"),
                                                                 &std::fclose);
    while (stream) {
        const std::unique_ptr<X509, void (*)(X509*)> certificate(
            PEM_read_X509(stream.get(), nullptr, nullptr, nullptr), &X509_free);
        std::tm parts{};
        if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts) != 1) {
            break;
        }
        ends.push_back(from_unix(timegm(&parts)));
    }
    return ends;
}

}  // namespace portal::doctor
