"""Names, things and places of a made-up shop in India."""

from __future__ import annotations


def _split(text: str) -> list[str]:
    return text.strip().replace("\n", "|").split("|")


FIRST_NAMES = """
Aarav Aditi Aditya Aisha Ajay Akash Alka Amar Amit Amrita Ananya Anil Anita Anjali Ankit Arjun Arun Ashok Bhavna Bhavesh Bindu Chandan
Charu Chetan Deepa Deepak Devi Dev Dhruv Divya Ekta Farah Farhan Gaurav Gauri Geeta Girish Gopal Harish Harsha Hema Hetal Imran Indira
Irfan Ishaan Isha Jagdish Jaya Jayesh Jignesh Jyoti Kabir Kajal Kamala Karan Karthik Kavita Kiran Komal Krishna Lakshmi Lalita Lata
Madhav Mahesh Mala Manish Manoj Meena Meenakshi Mehul Mitali Mohan Mukesh Murugan Nadia Naina Nandini Naresh Neha Nilesh Nisha Nitin
Padma Pallavi Pankaj Parul Pooja Prakash Pranav Prashant Preeti Priya Rahul Rajesh Rakesh Ramesh Rani Rashmi Rekha Ritu Rohan Rohit
Rukmini Sachin Sagar Sameer Sandhya Sanjay Sangeeta Sapna Saroj Seema Selvi Shabnam Shalini Shankar Shilpa Shobha Shreya Shruti Simran
Sneha Sonal Subhash Sudha Sujata Sunil Sunita Suresh Swati Tanvi Tara Tejas Uma Usha Vaishali Varun Vasudha Vidya Vijay Vikram Vimala
Vinod Vishal Yamini Yash Zainab Zoya
""".split()
LAST_NAMES = """
Agarwal Ahmed Banerjee Bhat Bose Chatterjee Chauhan Chopra Das Desai Deshpande Dutta Fernandes Gandhi Ganguly Ghosh Goyal Gupta Hegde
Iyengar Iyer Jadhav Jain Jha Joshi Kapoor Kaur Khan Khanna Kulkarni Kumar Kurian Mahajan Malhotra Mathew Mehta Menon Mishra Mitra
Modi Mukherjee Murthy Nair Naidu Pandey Parekh Patel Patil Pawar Pillai Prasad Rajan Rao Rathod Reddy Roy Saha Sarkar Saxena Sethi
Shah Sharma Shetty Shinde Shukla Singh Sinha Solanki Sodhi Srinivasan Subramaniam Thakur Thomas Tiwari Trivedi Varghese Varma Verma
Vyas Wagh Yadav
""".split()
NATIVE_NAMES = {
    "hi": _split("कविता शर्मा|राजेश गुप्ता|सुनीता देवी|मोहन लाल|पूजा मिश्रा|विकास यादव|रेखा तिवारी|अनिल जोशी"),
    "ta": _split("முருகன்|செல்வி|லட்சுமி நாராயணன்|கார்த்திக் ராஜா|மீனாட்சி|சுப்பிரமணியம்"),
    "bn": _split("মিতালী সাহা|সুব্রত ঘোষ|রিনা দাস|অনির্বাণ রায়|শর্মিলা বসু|তপন মণ্ডল"),
    "gu": _split("જીજ્ઞા પટેલ|હિતેશ શાહ|કોમલ સોલંકી|ભાવેશ મહેતા|નીતા ત્રિવેદી|રમેશ પરમાર"),
}
SHOPS = _split("""
Sri Lakshmi Silks|Patel Provision Store|Gupta Sweets|Ganesh Electricals|Annapurna Tiffins|Modern Tailors|Roshni Jewellers|City Mobile Care
Khan Footwear|Balaji Medicals|Shree Krishna Dairy|Pearl Boutique|Kaveri Catering|Om Sai Hardware|Bismillah Bakery|Nandini Beauty Parlour
""")
ITEMS = _split("""
saree|silk saree|cotton saree|kurti|lehenga|dupatta|blouse piece|salwar set|sherwani|dhoti|shawl|bedsheet|palazzo|anarkali
""")
COLORS = _split("red|maroon|peacock blue|mustard|bottle green|pink|off white|purple|black|turquoise|rust|magenta|navy|lemon")
COLORS_IN = {
    "hi": _split("लाल|हरे|नीले|पीले|गुलाबी|काले|सफ़ेद|बैंगनी"),
    "ta": _split("சிவப்பு|பச்சை|நீல|மஞ்சள்|கருப்பு|ஊதா"),
    "bn": _split("লাল|সবুজ|নীল|হলুদ|কালো|গোলাপি"),
    "gu": _split("લાલ|લીલી|વાદળી|પીળી|ગુલાબી|કાળી"),
}
DAYS = _split("Monday|Wednesday|Thursday|Friday|Saturday|Sunday|tomorrow")
DAYS_IN = {
    "hi": _split("सोमवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|कल"),
    "ta": _split("திங்கள்|புதன்|வியாழன்|வெள்ளி|சனி|நாளை"),
    "bn": _split("সোমবার|বুধবার|বৃহস্পতিবার|শুক্রবার|শনিবার|কাল"),
    "gu": _split("સોમવાર|બુધવાર|ગુરુવાર|શુક્રવાર|શનિવાર|કાલ"),
}
AREAS = _split("""
Andheri|Bandra|Dadar|T Nagar|Mylapore|Adyar|Koramangala|Indiranagar|Jayanagar|Salt Lake|Gariahat|Park Street|Karol Bagh|Lajpat Nagar
Chandni Chowk|Satellite|Maninagar|Navrangpura|Kothrud|Hadapsar|Banjara Hills|Secunderabad|Fort Kochi|Civil Lines|Hazratganj
""")
TAGS = (
    ("VIP", "grape"), ("Wholesale", "indigo"), ("New customer", "teal"), ("COD", "orange"), ("Complaint", "red"),
    ("Return", "pink"), ("Follow up", "yellow"), ("Diwali", "lime"),
)  # fmt: skip
# How often a conversation is held in a language.
LANGUAGES = {"en": 46, "hinglish": 20, "hi": 14, "ta": 8, "bn": 6, "gu": 6}
