// The floor of every bench: a FastCGI program that says hello, one request after another, with
// nothing but libfcgi. Its listening socket is descriptor 0.
#include <fcgiapp.h>

int main() {
    FCGX_Request request;
    if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0) return 1;
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_PutS(
            "Status: 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n"
            "hello\n",
            request.out);
        FCGX_Finish_r(&request);
    }
    return 0;
}
