#include "core/rules/provinces.h"

#include <stdlib.h>
#include <string.h>

/* A name is the same in both languages. */
#define named_in_both(code, at_issue, now) { code, at_issue, now }

/* Codes and names: Thông tư 07/2016/TT-BCA, annex 1; successors: Nghị quyết 202/2025/QH15. */
const struct province provinces[] = {
	named_in_both("001", "Hà Nội", "Hà Nội"),
	named_in_both("002", "Hà Giang", "Tuyên Quang"),
	named_in_both("004", "Cao Bằng", "Cao Bằng"),
	named_in_both("006", "Bắc Kạn", "Thái Nguyên"),
	named_in_both("008", "Tuyên Quang", "Tuyên Quang"),
	named_in_both("010", "Lào Cai", "Lào Cai"),
	named_in_both("011", "Điện Biên", "Điện Biên"),
	named_in_both("012", "Lai Châu", "Lai Châu"),
	named_in_both("014", "Sơn La", "Sơn La"),
	named_in_both("015", "Yên Bái", "Lào Cai"),
	named_in_both("017", "Hòa Bình", "Phú Thọ"),
	named_in_both("019", "Thái Nguyên", "Thái Nguyên"),
	named_in_both("020", "Lạng Sơn", "Lạng Sơn"),
	named_in_both("022", "Quảng Ninh", "Quảng Ninh"),
	named_in_both("024", "Bắc Giang", "Bắc Ninh"),
	named_in_both("025", "Phú Thọ", "Phú Thọ"),
	named_in_both("026", "Vĩnh Phúc", "Phú Thọ"),
	named_in_both("027", "Bắc Ninh", "Bắc Ninh"),
	named_in_both("030", "Hải Dương", "Hải Phòng"),
	named_in_both("031", "Hải Phòng", "Hải Phòng"),
	named_in_both("033", "Hưng Yên", "Hưng Yên"),
	named_in_both("034", "Thái Bình", "Hưng Yên"),
	named_in_both("035", "Hà Nam", "Ninh Bình"),
	named_in_both("036", "Nam Định", "Ninh Bình"),
	named_in_both("037", "Ninh Bình", "Ninh Bình"),
	named_in_both("038", "Thanh Hóa", "Thanh Hóa"),
	named_in_both("040", "Nghệ An", "Nghệ An"),
	named_in_both("042", "Hà Tĩnh", "Hà Tĩnh"),
	named_in_both("044", "Quảng Bình", "Quảng Trị"),
	named_in_both("045", "Quảng Trị", "Quảng Trị"),
	named_in_both("046", "Thừa Thiên Huế", "Huế"),
	named_in_both("048", "Đà Nẵng", "Đà Nẵng"),
	named_in_both("049", "Quảng Nam", "Đà Nẵng"),
	named_in_both("051", "Quảng Ngãi", "Quảng Ngãi"),
	named_in_both("052", "Bình Định", "Gia Lai"),
	named_in_both("054", "Phú Yên", "Đắk Lắk"),
	named_in_both("056", "Khánh Hòa", "Khánh Hòa"),
	named_in_both("058", "Ninh Thuận", "Khánh Hòa"),
	named_in_both("060", "Bình Thuận", "Lâm Đồng"),
	named_in_both("062", "Kon Tum", "Quảng Ngãi"),
	named_in_both("064", "Gia Lai", "Gia Lai"),
	named_in_both("066", "Đắk Lắk", "Đắk Lắk"),
	named_in_both("067", "Đắk Nông", "Lâm Đồng"),
	named_in_both("068", "Lâm Đồng", "Lâm Đồng"),
	named_in_both("070", "Bình Phước", "Đồng Nai"),
	named_in_both("072", "Tây Ninh", "Tây Ninh"),
	named_in_both("074", "Bình Dương", "Hồ Chí Minh"),
	named_in_both("075", "Đồng Nai", "Đồng Nai"),
	named_in_both("077", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"),
	named_in_both("079", "Hồ Chí Minh", "Hồ Chí Minh"),
	named_in_both("080", "Long An", "Tây Ninh"),
	named_in_both("082", "Tiền Giang", "Đồng Tháp"),
	named_in_both("083", "Bến Tre", "Vĩnh Long"),
	named_in_both("084", "Trà Vinh", "Vĩnh Long"),
	named_in_both("086", "Vĩnh Long", "Vĩnh Long"),
	named_in_both("087", "Đồng Tháp", "Đồng Tháp"),
	named_in_both("089", "An Giang", "An Giang"),
	named_in_both("091", "Kiên Giang", "An Giang"),
	named_in_both("092", "Cần Thơ", "Cần Thơ"),
	named_in_both("093", "Hậu Giang", "Cần Thơ"),
	named_in_both("094", "Sóc Trăng", "Cần Thơ"),
	named_in_both("095", "Bạc Liêu", "Cà Mau"),
	named_in_both("096", "Cà Mau", "Cà Mau"),
};
const size_t provinces_count = ARRAY_LEN(provinces);

static int by_code(const void *code, const void *entry)
{
	const struct province *province = entry;

	return strncmp(code, province->code, 3);
}

const struct province *province_find(const char *code)
{
	return bsearch(code, provinces, provinces_count, sizeof(provinces[0]), by_code);
}
